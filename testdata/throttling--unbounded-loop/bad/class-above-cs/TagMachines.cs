public class TagMachines : HarbourCommand
{
    public void Run(string[] machines)
    {
        foreach (string machine in machines)
        {
            var reply = CallApi($"machines/{machine}/tags", System.Net.Http.HttpMethod.Post);
// ~^ throttling/unbounded-loop "CallApi($"machines/{machine}/tags", System.Net.Http.HttpMethod.Post)" warning
        }
    }
}

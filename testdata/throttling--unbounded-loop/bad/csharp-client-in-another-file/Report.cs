using Contoso.Defender;

namespace Contoso.Reports;

public class Report
{
    private readonly IDefenderClient _defender;

    public Report(IDefenderClient defender) => _defender = defender;

    public async Task Write(IEnumerable<Machine> machines, TextWriter writer, CancellationToken ct)
    {
        await Parallel.ForEachAsync(machines, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (machine, token) =>
        {
            var found = await _defender.GetRecommendationsAsync(machine.Id, token);
            // ~^ throttling/unbounded-loop "_defender.GetRecommendationsAsync(machine.Id, token)" warning
            await writer.WriteLineAsync($"{machine.Name};{found.Value.Count}");
        });
    }
}

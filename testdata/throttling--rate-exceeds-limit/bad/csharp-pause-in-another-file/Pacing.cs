namespace Contoso.Export;

internal static class Pacing
{
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(350);

    public static Task BetweenCallsAsync(CancellationToken ct) => Task.Delay(Gap, ct);
    // ~^ throttling/rate-exceeds-limit "Task.Delay(Gap, ct)" warning
}

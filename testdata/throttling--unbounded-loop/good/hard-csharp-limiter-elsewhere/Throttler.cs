namespace Contoso.Sync;

public sealed class Throttler
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private DateTime _next = DateTime.MinValue;

    public async Task WaitForTurnAsync(TimeSpan gap)
    {
        await _one.WaitAsync();
        try
        {
            var wait = _next - DateTime.UtcNow;
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait);
            }

            _next = DateTime.UtcNow + gap;
        }
        finally
        {
            _one.Release();
        }
    }
}

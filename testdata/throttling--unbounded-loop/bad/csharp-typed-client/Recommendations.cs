using Contoso.Defender;

namespace Contoso.Reports;

public class Recommendations : BackgroundService
{
    private readonly IDefenderClient _defender;
    private readonly IMachineStore _machines;

    public Recommendations(IDefenderClient defender, IMachineStore machines)
    {
        _defender = defender;
        _machines = machines;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var machine in await _machines.AllAsync(stoppingToken))
        {
            var found = await _defender.GetRecommendationsAsync(machine.Id, stoppingToken);
            // ~^ throttling/unbounded-loop "_defender.GetRecommendationsAsync(machine.Id, stoppingToken)" warning
            await _machines.SaveAsync(machine, found);
        }
    }
}

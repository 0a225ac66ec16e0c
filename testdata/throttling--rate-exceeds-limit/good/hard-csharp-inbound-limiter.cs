public static class Program
{
    public static void Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        // Limits those who call this service.
        builder.Services.AddRateLimiter(o => o.AddFixedWindowLimiter("in", w => { w.PermitLimit = 5000; w.Window = TimeSpan.FromMinutes(1); }));
        var app = builder.Build();
        app.MapGet("/machine/{id}", async (string id, HttpClient http) =>
            await http.GetStringAsync($"https://api.securitycenter.microsoft.com/api/machines/{id}"));
        app.Run();
    }
}

public static class Routes
{
    public static string Pool(IEnumerable<Uri> uris)
    {
        foreach (var uri in uris)
        {
            switch (uri.Host)
            {
                case "api.securitycenter.microsoft.com": return "defender";
                default: continue;
            }
        }
        return "other";
    }
}

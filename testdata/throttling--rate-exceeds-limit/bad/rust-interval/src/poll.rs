pub async fn poll(client: &reqwest::Client) -> reqwest::Result<()> {
    let mut ticks = tokio::time::interval(std::time::Duration::from_millis(250));
    loop {
        ticks.tick().await;
        // ~^ throttling/rate-exceeds-limit "ticks.tick()" error
        client.get("https://api.security.microsoft.com/api/alerts").send().await?;
    }
}

async fn hunt(client: &reqwest::Client, query: &str) -> reqwest::Result<String> {
    loop {
        let reply = client.post("https://api.security.microsoft.com/api/advancedqueries/run").body(query.to_owned()).send().await?;
        // ~^ throttling/unbounded-loop "client.post("https://api.security.microsoft.com/api/advancedqueries/run")" warning
        if reply.status() == reqwest::StatusCode::TOO_MANY_REQUESTS {
            continue;
        }
        return reply.text().await;
    }
}

const API: &str = "https://api.security.microsoft.com/api";

pub async fn all(client: &reqwest::Client, ids: &[String]) -> Vec<reqwest::Result<reqwest::Response>> {
    futures::future::join_all(ids.iter().map(|id| client.get(format!("{API}/machines/{id}")).send())).await
    // ~^ throttling/unbounded-loop "client.get(format!("{API}/machines/{id}"))" warning
}

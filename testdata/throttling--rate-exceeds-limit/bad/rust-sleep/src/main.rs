use std::time::Duration;
use tokio::time::sleep;

async fn tag_all(client: &reqwest::Client, ids: &[String]) -> reqwest::Result<()> {
    for id in ids {
        let url = format!("https://api.securitycenter.microsoft.com/api/machines/{}/tags", id);
        client.post(&url).send().await?;
        sleep(Duration::from_millis(500)).await;
        // ~^ throttling/rate-exceeds-limit "sleep(Duration::from_millis(500))" error
    }
    Ok(())
}

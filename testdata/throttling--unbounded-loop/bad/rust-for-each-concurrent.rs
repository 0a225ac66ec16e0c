use futures::{stream, StreamExt};

pub async fn scan_all(client: &reqwest::Client, token: &str, ids: Vec<String>) {
    stream::iter(ids)
        .for_each_concurrent(16, |id| async move {
            let url = format!("https://api.securitycenter.microsoft.com/api/machines/{id}/runAntiVirusScan");
            let body = serde_json::json!({ "Comment": "weekly", "ScanType": "Quick" });
            let sent = client.post(url).bearer_auth(token).json(&body).send().await;
            // ~^ throttling/unbounded-loop "client.post(url)" warning
            if let Err(error) = sent {
                log::warn!("{id}: {error}");
            }
        })
        .await;
}

use std::time::{Duration, Instant};

const CALLS: u32 = 100;
const WINDOW: Duration = Duration::from_secs(60);

pub async fn tag(client: &reqwest::Client, ids: &[String], tag: &str) -> reqwest::Result<()> {
    let (mut sent, mut opened) = (0, Instant::now());
    for id in ids {
        if sent == CALLS {
            if let Some(left) = WINDOW.checked_sub(opened.elapsed()) {
                tokio::time::sleep(left).await;
            }
            sent = 0;
            opened = Instant::now();
        }
        let url = format!("https://api.security.microsoft.com/api/machines/{id}/tags");
        client.post(url).json(&Tag { value: tag, action: "Add" }).send().await?;
        sent += 1;
    }
    Ok(())
}

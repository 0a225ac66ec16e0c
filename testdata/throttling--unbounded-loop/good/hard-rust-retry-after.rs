use std::time::Duration;

use reqwest::{header::RETRY_AFTER, StatusCode};

async fn get(client: &reqwest::Client, url: &str) -> reqwest::Result<reqwest::Response> {
    loop {
        let answer = client.get(url).send().await?;
        if answer.status() != StatusCode::TOO_MANY_REQUESTS {
            return answer.error_for_status();
        }
        let seconds = answer
            .headers()
            .get(RETRY_AFTER)
            .and_then(|value| value.to_str().ok()?.parse::<f64>().ok())
            .unwrap_or(30.0);
        tokio::time::sleep(Duration::from_secs_f64(seconds)).await;
    }
}

pub async fn alerts(client: &reqwest::Client) -> anyhow::Result<Vec<Alert>> {
    let mut next = Some("https://api.security.microsoft.com/api/alerts?$top=1000".to_owned());
    let mut alerts = Vec::new();
    while let Some(url) = next {
        let page: Page<Alert> = get(client, &url).await?.json().await?;
        alerts.extend(page.value);
        next = page.next_link;
    }
    Ok(alerts)
}

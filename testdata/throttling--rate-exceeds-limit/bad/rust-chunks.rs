use std::time::Duration;

use futures::future::join_all;

const ROOT: &str = "https://api.securitycenter.microsoft.com/api";

/// Reads who logged on to each device, forty devices at a time.
pub async fn logons(http: &reqwest::Client, token: &str, ids: &[String]) -> Vec<reqwest::Result<Page<User>>> {
    let mut answers = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(40) {
        let calls = chunk.iter().map(|id| async move {
            let url = format!("{ROOT}/machines/{id}/logonusers");
            http.get(url).bearer_auth(token).send().await?.json().await
        });
        answers.extend(join_all(calls).await);
        tokio::time::sleep(Duration::from_secs(10)).await;
        // ~^ throttling/rate-exceeds-limit "tokio::time::sleep(Duration::from_secs(10))" error
    }
    answers
}

use crate::limit::LIMITER;

const BASE: &str = "https://api.security.microsoft.com/api";

pub async fn software(http: &reqwest::Client, id: &str) -> reqwest::Result<Vec<Software>> {
    LIMITER.until_ready().await;
    let page: Page<Software> = http.get(format!("{BASE}/machines/{id}/software")).send().await?.json().await?;
    Ok(page.value)
}

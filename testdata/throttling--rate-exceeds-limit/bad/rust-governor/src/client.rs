use governor::{Quota, RateLimiter};
use nonzero_ext::nonzero;

const BASE: &str = "https://api.security.microsoft.com";

pub struct Client {
    http: reqwest::Client,
    limiter: DefaultDirectRateLimiter,
}

impl Client {
    pub fn new() -> Self {
        Self {
            http: reqwest::Client::new(),
            limiter: RateLimiter::direct(Quota::per_second(nonzero!(5u32))),
            // ~^ throttling/rate-exceeds-limit "Quota::per_second(nonzero!(5u32))" error
        }
    }

    pub async fn machine(&self, id: &str) -> reqwest::Result<String> {
        self.limiter.until_ready().await;
        self.http.get(format!("{BASE}/api/machines/{id}")).send().await?.text().await
    }
}

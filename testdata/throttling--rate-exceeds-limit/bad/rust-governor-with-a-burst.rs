use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use nonzero_ext::nonzero;

pub struct Client {
    http: reqwest::Client,
    limiter: DefaultDirectRateLimiter,
    token: String,
}

impl Client {
    pub fn new(token: String) -> Self {
        let quota = Quota::per_second(nonzero!(4u32)).allow_burst(nonzero!(10u32));
        // ~^ throttling/rate-exceeds-limit "Quota::per_second(nonzero!(4u32))" error
        Self { http: reqwest::Client::new(), limiter: RateLimiter::direct(quota), token }
    }

    pub async fn machine(&self, id: &str) -> anyhow::Result<Machine> {
        self.limiter.until_ready().await;
        let url = format!("https://api.security.microsoft.com/api/machines/{id}");
        Ok(self.http.get(&url).bearer_auth(&self.token).send().await?.json().await?)
    }

    pub async fn machines(&self, ids: &[String]) -> anyhow::Result<Vec<Machine>> {
        let mut machines = Vec::with_capacity(ids.len());
        for id in ids {
            machines.push(self.machine(id).await?);
        }
        Ok(machines)
    }
}

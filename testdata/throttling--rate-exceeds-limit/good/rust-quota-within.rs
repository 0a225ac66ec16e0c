impl Client {
    pub fn new() -> Self {
        Self { http: reqwest::Client::new(), limiter: RateLimiter::direct(Quota::per_minute(nonzero!(90u32))) }
    }

    pub async fn machine(&self, id: &str) -> reqwest::Result<String> {
        self.limiter.until_ready().await;
        self.http.get(format!("https://api.security.microsoft.com/api/machines/{id}")).send().await?.text().await
    }
}

use crate::bucket::Bucket;

pub struct Client {
    http: reqwest::Client,
    bucket: Bucket,
}

impl Client {
    pub fn new(http: reqwest::Client) -> Self {
        Self { http, bucket: Bucket::new() }
    }

    pub async fn vulnerabilities(&mut self, id: &str) -> reqwest::Result<String> {
        self.bucket.take().await;
        let url = format!("https://api.security.microsoft.com/api/machines/{id}/vulnerabilities");
        self.http.get(url).send().await?.text().await
    }
}

use serde::de::DeserializeOwned;

pub struct DefenderClient {
    http: reqwest::Client,
    base: String,
    token: String,
}

impl DefenderClient {
    pub fn new(token: String) -> Self {
        Self {
            http: reqwest::Client::new(),
            base: "https://api.security.microsoft.com/api".into(),
            token,
        }
    }

    pub async fn machine(&self, id: &str) -> reqwest::Result<Machine> {
        self.fetch(&format!("machines/{id}")).await
    }

    async fn fetch<T: DeserializeOwned>(&self, path: &str) -> reqwest::Result<T> {
        let url = format!("{}/{path}", self.base);
        self.http.get(&url).bearer_auth(&self.token).send().await?.json().await
    }
}

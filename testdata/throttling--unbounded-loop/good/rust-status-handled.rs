impl Client {
    async fn get(&self, path: &str) -> Result<Response> {
        loop {
            let response = self.http.get(format!("https://api.security.microsoft.com/api/{path}")).send().await?;
            if response.status() != StatusCode::TOO_MANY_REQUESTS {
                return Ok(response);
            }
            tokio::time::sleep(retry_after(&response)).await;
        }
    }

    pub async fn all(&self, ids: &[String]) -> Result<()> {
        for id in ids {
            self.get(&format!("machines/{id}")).await?;
        }
        Ok(())
    }
}

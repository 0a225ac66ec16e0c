use reqwest_middleware::{ClientBuilder, ClientWithMiddleware};
use reqwest_retry::{policies::ExponentialBackoff, RetryTransientMiddleware};

fn client() -> ClientWithMiddleware {
    let policy = ExponentialBackoff::builder().build_with_max_retries(6);
    ClientBuilder::new(reqwest::Client::new())
        .with(RetryTransientMiddleware::new_with_policy(policy))
        .build()
}

pub async fn exposure(ids: &[String], token: &str) -> anyhow::Result<()> {
    let client = client();
    for id in ids {
        let url = format!("https://api.securitycenter.microsoft.com/api/machines/{id}");
        let machine: Machine = client.get(url).bearer_auth(token).send().await?.json().await?;
        println!("{id} {}", machine.exposure_level);
    }
    Ok(())
}

use std::time::Duration;

async fn call(client: &reqwest::Client, path: &str) -> Option<String> {
    for _ in 0..3 {
        match client.get(format!("https://api.securitycenter.microsoft.com/api/{path}")).send().await {
            Ok(reply) if reply.status().is_success() => return reply.text().await.ok(),
            _ => tokio::time::sleep(Duration::from_secs(30)).await,
        }
    }
    None
}

async fn archive(client: &reqwest::Client, machines: &[String]) {
    for machine in machines {
        println!("{:?}", call(client, &format!("machines/{machine}")).await);
    }
}

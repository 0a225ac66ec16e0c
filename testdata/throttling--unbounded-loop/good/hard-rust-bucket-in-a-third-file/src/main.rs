mod bucket;
mod client;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut client = client::Client::new(reqwest::Client::new());
    for id in std::env::args().skip(1) {
        let found = client.vulnerabilities(&id).await?;
        std::fs::write(format!("{id}.json"), found)?;
    }
    Ok(())
}

mod client;
mod limit;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let http = reqwest::Client::new();
    for id in inventory::ids()? {
        let found = client::software(&http, &id).await?;
        inventory::store(&id, &found)?;
    }
    Ok(())
}

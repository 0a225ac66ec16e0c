mod client;

use client::DefenderClient;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let client = DefenderClient::new(std::env::var("MDE_TOKEN")?);
    let ids = std::fs::read_to_string("machines.txt")?;
    for id in ids.lines() {
        let machine = client.machine(id).await?;
        // ~^ throttling/unbounded-loop "client.machine(id)" warning
        println!("{}\t{}", machine.dns_name, machine.risk_score);
    }
    Ok(())
}

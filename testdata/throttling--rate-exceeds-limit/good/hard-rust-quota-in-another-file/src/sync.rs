use crate::limits::{CMDB_LIMITER, DEFENDER_LIMITER};

pub async fn sync(http: &reqwest::Client, ids: &[String]) -> reqwest::Result<()> {
    for id in ids {
        let machine = machine(http, id).await?;
        upsert(http, &machine).await?;
    }
    Ok(())
}

async fn machine(http: &reqwest::Client, id: &str) -> reqwest::Result<Machine> {
    DEFENDER_LIMITER.until_ready().await;
    http.get(format!("https://api.security.microsoft.com/api/machines/{id}")).send().await?.json().await
}

async fn upsert(http: &reqwest::Client, machine: &Machine) -> reqwest::Result<()> {
    CMDB_LIMITER.until_ready().await;
    http.put(format!("https://cmdb.example.org/hosts/{}", machine.dns_name)).json(machine).send().await?;
    Ok(())
}

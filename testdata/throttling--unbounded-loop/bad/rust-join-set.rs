use tokio::task::JoinSet;

const BASE: &str = "https://api.security.microsoft.com/api";

pub async fn logons(client: reqwest::Client, ids: Vec<String>) -> Vec<reqwest::Result<reqwest::Response>> {
    let mut set = JoinSet::new();
    for id in ids {
        let client = client.clone();
        set.spawn(async move { client.get(format!("{BASE}/machines/{id}/logonusers")).send().await });
        // ~^ throttling/unbounded-loop "client.get(format!("{BASE}/machines/{id}/logonusers"))" warning
    }
    let mut answers = Vec::new();
    while let Some(answer) = set.join_next().await {
        answers.extend(answer);
    }
    answers
}

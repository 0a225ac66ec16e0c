pub fn scopes(names: &[&str]) -> Vec<String> {
    let mut scopes = Vec::new();
    for name in names {
        scopes.push(format!("https://api.securitycenter.microsoft.com/{name}.Read.All"));
        scopes.push(format!("{}/.default", "https://api.securitycenter.microsoft.com"));
    }
    scopes
}

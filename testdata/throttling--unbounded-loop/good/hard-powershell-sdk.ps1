# The SDK's command reads Retry-After and waits by itself.
foreach ($id in $ids) {
    Invoke-MgGraphRequest -Method GET -Uri "https://graph.microsoft.com/v1.0/security/alerts_v2/$id"
}

foreach ($id in $ids) {
    Invoke-RestMethod -Uri "https://api.security.microsoft.com/api/machines/$id" -Headers $h -MaximumRetryCount 5 -RetryIntervalSec 30
}

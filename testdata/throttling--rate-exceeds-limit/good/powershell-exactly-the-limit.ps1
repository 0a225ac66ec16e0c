foreach ($id in $ids) {
    Invoke-RestMethod -Uri "https://api.securitycenter.microsoft.com/api/machines/$id" -Headers $h
    Start-Sleep -Milliseconds 600
}

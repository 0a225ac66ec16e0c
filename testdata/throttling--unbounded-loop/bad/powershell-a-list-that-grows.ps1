$ids = @()
foreach ($line in Get-Content ids.txt) {
    $ids += $line
}
foreach ($id in $ids) {
    Invoke-RestMethod -Uri "https://api.securitycenter.microsoft.com/api/machines/$id" -Headers $headers
# ~^ throttling/unbounded-loop "Invoke-RestMethod -Uri "https://api.securitycenter.microsoft.com/api/machines/$id" -Headers $headers" warning
}

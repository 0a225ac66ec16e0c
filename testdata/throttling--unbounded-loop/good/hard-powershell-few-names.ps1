$endpoints = @('machines', 'alerts', 'vulnerabilities')
foreach ($endpoint in $endpoints) {
    Invoke-RestMethod -Uri "https://api.securitycenter.microsoft.com/api/$endpoint" -Headers $h
}

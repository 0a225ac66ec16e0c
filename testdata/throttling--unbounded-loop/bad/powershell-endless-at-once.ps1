do {
    try {
        $answer = Invoke-RestMethod -Method Post -Uri 'https://api.security.microsoft.com/api/advancedqueries/run' -Body $query
        # ~^ throttling/unbounded-loop "Invoke-RestMethod -Method Post -Uri 'https://api.security.microsoft.com/api/advancedqueries/run' -Body $query" warning
        $done = $true
    } catch {
        Write-Warning $_
    }
} until ($done)

$ids | ForEach-Object -Parallel {
    Start-Sleep -Seconds 2
    # ~^ throttling/rate-exceeds-limit "Start-Sleep -Seconds 2" error
    Invoke-RestMethod -Uri "https://api.security.microsoft.com/api/machines/$_/vulnerabilities" -Headers $using:h
} -ThrottleLimit 10

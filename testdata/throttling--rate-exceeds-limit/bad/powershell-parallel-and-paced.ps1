# Each waits long enough by itself, but four run at the same time.
$report = Get-Content .\devices.txt | ForEach-Object -ThrottleLimit 4 -Parallel {
    $answer = Invoke-RestMethod -Uri "https://api.security.microsoft.com/api/machines/$_/vulnerabilities" -Headers $using:headers
    Start-Sleep -Milliseconds 600
    # ~^ throttling/rate-exceeds-limit "Start-Sleep -Milliseconds 600" error
    [pscustomobject]@{ Device = $_; Vulnerabilities = $answer.value.Count }
}
$report | ConvertTo-Json | Set-Content .\report.json

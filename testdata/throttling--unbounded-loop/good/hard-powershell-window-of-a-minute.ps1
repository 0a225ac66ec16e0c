$calls = 0
$watch = [System.Diagnostics.Stopwatch]::StartNew()
$headers = @{ Authorization = "Bearer $env:MDE_TOKEN" }

foreach ($row in Import-Csv .\indicators.csv) {
    if ($calls -ge 100) {
        $left = 60 - $watch.Elapsed.TotalSeconds
        if ($left -gt 0) { Start-Sleep -Seconds $left }
        $calls = 0
        $watch.Restart()
    }
    $body = @{ indicatorValue = $row.Sha1; indicatorType = 'FileSha1'; action = 'Block'; title = $row.Title } | ConvertTo-Json
    Invoke-RestMethod -Method Post -Uri 'https://api.security.microsoft.com/api/indicators' -Headers $headers -Body $body -ContentType 'application/json' | Out-Null
    $calls++
}

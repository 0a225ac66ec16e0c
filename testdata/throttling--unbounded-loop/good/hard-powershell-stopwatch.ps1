$watch = [System.Diagnostics.Stopwatch]::StartNew()

foreach ($alert in Import-Csv .\alerts.csv) {
    # One call in 620 ms at most.
    while ($watch.ElapsedMilliseconds -lt 620) { [System.Threading.Thread]::Yield() | Out-Null }
    $watch.Restart()
    $uri = "https://api.security.microsoft.com/api/alerts/$($alert.Id)"
    Invoke-RestMethod -Method Patch -Uri $uri -Headers $headers -Body '{"status":"Resolved"}' -ContentType 'application/json'
}

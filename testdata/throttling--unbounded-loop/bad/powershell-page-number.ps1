$page = 0
do {
    $batch = (Invoke-RestMethod -Uri "https://api.securitycenter.microsoft.com/api/machines?`$top=500&`$skip=$($page * 500)" -Headers $headers).value
    # ~^ throttling/unbounded-loop "Invoke-RestMethod" note
    $batch | Export-Csv machines.csv -Append
    $page++
} while ($batch.Count -eq 500)

$devices | ForEach-Object {
    $machine = Invoke-RestMethod -Uri "https://api.security.microsoft.com/api/machines/$($_.Name)" -Headers $h
    Invoke-RestMethod -Method Post -Uri "https://api.security.microsoft.com/api/machines/$($machine.id)/tags" -Headers $h -Body $tag
    Start-Sleep -Seconds 1
    # ~^ throttling/rate-exceeds-limit "Start-Sleep -Seconds 1" error
}

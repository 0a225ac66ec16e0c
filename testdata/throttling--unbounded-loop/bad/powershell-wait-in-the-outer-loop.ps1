for ($n = 0; $n -lt $files.Count; $n++) {
    $alerts = Get-Content $files[$n].FullName
    foreach ($alert in $alerts) {
        Invoke-RestMethod -Headers $h -Uri https://api-us.securitycenter.windows.com/api/alerts/$alert -Method PATCH -Body $json
        # ~^ throttling/unbounded-loop "Invoke-RestMethod -Headers $h -Uri https://api-us.securitycenter.windows.com/api/alerts/$alert -Method PATCH -Body $json" warning
    }
    Start-Sleep -Seconds 60
}

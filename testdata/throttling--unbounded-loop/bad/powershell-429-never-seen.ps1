$machines = Import-Csv -Path machines.csv
foreach ($machine in $machines) {
    # Invoke-WebRequest throws at 429, so that what follows never sees it.
    $answer = Invoke-WebRequest -Uri "https://api.securitycenter.microsoft.com/api/machines/$($machine.Id)/software" -Headers $headers
# ~^ throttling/unbounded-loop "Invoke-WebRequest -Uri "https://api.securitycenter.microsoft.com/api/machines/$($machine.Id)/software" -Headers $headers" warning
    if ($answer.StatusCode -eq 429) {
        Start-Sleep -Seconds 60
    }
    $answer.Content | ConvertFrom-Json
}

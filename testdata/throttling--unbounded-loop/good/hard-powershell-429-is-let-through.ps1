$machines = Import-Csv -Path machines.csv
foreach ($machine in $machines) {
    do {
        $answer = Invoke-WebRequest -SkipHttpErrorCheck -Uri "https://api.securitycenter.microsoft.com/api/machines/$($machine.Id)/software" -Headers $headers
        if ($answer.StatusCode -eq 429) {
            Start-Sleep -Seconds ([int]$answer.Headers['Retry-After'][0])
        }
    } while ($answer.StatusCode -eq 429)
    $answer.Content | ConvertFrom-Json
}

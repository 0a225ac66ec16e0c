foreach ($machine in $machines) {
    try {
        Invoke-RestMethod -Uri "https://api.securitycenter.microsoft.com/api/machines/$machine" -Headers $headers
# ~^ throttling/unbounded-loop "Invoke-RestMethod -Uri "https://api.securitycenter.microsoft.com/api/machines/$machine" -Headers $headers" warning
    } catch {
        Write-Warning "left out: $machine"
        Start-Sleep -Seconds 5
    }
}

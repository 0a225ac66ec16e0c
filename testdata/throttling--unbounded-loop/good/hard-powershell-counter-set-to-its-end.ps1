function Get-Answer($Path) {
    $n = 0
    $most = 4
    while ($n -lt $most) {
        try {
            Invoke-RestMethod -Uri "https://api.securitycenter.microsoft.com/api/$Path" -Headers $headers
            $n = $most
        } catch {
            Start-Sleep -Seconds 15
            $n++
        }
    }
}

foreach ($machine in $machines) {
    Get-Answer "machines/$machine"
}

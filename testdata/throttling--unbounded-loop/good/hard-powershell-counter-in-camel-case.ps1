function Get-Answer($Path) {
    $triedSoFar = 0
    $mostTries = 4
    while ($triedSoFar -lt $mostTries) {
        try {
            Invoke-RestMethod -Uri "https://api.securitycenter.microsoft.com/api/$Path" -Headers $headers
            $triedSoFar = $mostTries
        } catch {
            Start-Sleep -Seconds 15
            $triedSoFar++
        }
    }
}

foreach ($machine in $machines) {
    Get-Answer "machines/$machine"
}

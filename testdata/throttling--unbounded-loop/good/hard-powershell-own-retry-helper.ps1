function Get-Answer($Path) {
    $done = $false
    $n = 0
    while (-not $done -and $n -lt 5) {
        try {
            $answer = Invoke-RestMethod -Uri "https://api.securitycenter.microsoft.com/api/$Path" -Headers $headers
            $done = $true
        } catch {
            $n++
            Start-Sleep -Seconds 20
        }
    }
    $answer
}

foreach ($machine in $machines) {
    Get-Answer "machines/$machine"
}

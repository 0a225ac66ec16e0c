. .\Pause.ps1

function Get-DeviceSoftware([string]$DeviceId) {
    Wait-BetweenCalls
    $uri = "https://api.securitycenter.microsoft.com/api/machines/$DeviceId/software"
    (Invoke-RestMethod -Uri $uri -Headers $script:Headers).value
}

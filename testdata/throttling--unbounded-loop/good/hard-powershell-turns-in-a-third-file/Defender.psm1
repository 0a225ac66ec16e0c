Import-Module "$PSScriptRoot/Turns.psm1"

function Get-Device([string]$Id) {
    Wait-Turn
    Invoke-RestMethod -Uri "https://api.security.microsoft.com/api/machines/$Id" -Headers $script:Headers
}

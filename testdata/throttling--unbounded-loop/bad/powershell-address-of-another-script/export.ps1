. "$PSScriptRoot\settings.ps1"
foreach ($id in Get-Content machines.txt) {
    Invoke-RestMethod -Uri "$ApiRoot/machines/$id" -Headers $headers
# ~^ throttling/unbounded-loop "Invoke-RestMethod -Uri "$ApiRoot/machines/$id" -Headers $headers" warning
}

param([string]$Action, [string]$MachineId, [string]$Token)

Import-Module "$PSScriptRoot/../modules/Limits.psm1"

$base = "https://api.securitycenter.microsoft.com/api"
$headers = @{ Authorization = "Bearer $Token" }

switch ($Action) {
    "isolate" { Invoke-RestMethod -Method Post -Uri "$base/machines/$MachineId/isolate" -Headers $headers }
    "unisolate" { Invoke-RestMethod -Method Post -Uri "$base/machines/$MachineId/unisolate" -Headers $headers }
    "restrictCodeExecution" { Invoke-RestMethod -Method Post -Uri "$base/machines/$MachineId/restrictCodeExecution" -Headers $headers }
    "unrestrictCodeExecution" { Invoke-RestMethod -Method Post -Uri "$base/machines/$MachineId/unrestrictCodeExecution" -Headers $headers }
    "runAntiVirusScan" { Invoke-RestMethod -Method Post -Uri "$base/machines/$MachineId/runAntiVirusScan" -Headers $headers }
    "offboard" { Invoke-RestMethod -Method Post -Uri "$base/machines/$MachineId/offboard" -Headers $headers }
}

param([string]$Action, [string]$MachineId, [string]$Token)

$base = "https://api.securitycenter.microsoft.com/api"
$headers = @{ Authorization = "Bearer $Token" }

function Send-Patiently {
    param([string]$Path, $Body)
    while ($true) {
        try {
            return Invoke-RestMethod -Method Post -Uri "$base/$Path" -Headers $headers -Body $Body
        }
        catch {
            if ($_.Exception.Response.StatusCode.value__ -ne 429) { throw }
            Start-Sleep -Seconds ([int]$_.Exception.Response.Headers["Retry-After"])
        }
    }
}

switch ($Action) {
    "isolate" { $answer = Send-Patiently -Path "machines/$MachineId/isolate" -Body $body }
    "unisolate" { $answer = Send-Patiently -Path "machines/$MachineId/unisolate" -Body $body }
    "restrictCodeExecution" { $answer = Send-Patiently -Path "machines/$MachineId/restrictCodeExecution" -Body $body }
    "unrestrictCodeExecution" { $answer = Send-Patiently -Path "machines/$MachineId/unrestrictCodeExecution" -Body $body }
    "runAntiVirusScan" { $answer = Send-Patiently -Path "machines/$MachineId/runAntiVirusScan" -Body $body }
    "offboard" { $answer = Send-Patiently -Path "machines/$MachineId/offboard" -Body $body }
    "collectInvestigationPackage" { $answer = Send-Patiently -Path "machines/$MachineId/collectInvestigationPackage" -Body $body }
    "stopAndQuarantineFile" { $answer = Send-Patiently -Path "machines/$MachineId/stopAndQuarantineFile" -Body $body }
    "startInvestigation" { $answer = Send-Patiently -Path "machines/$MachineId/startInvestigation" -Body $body }
    "setDeviceValue" { $answer = Send-Patiently -Path "machines/$MachineId/setDeviceValue" -Body $body }
    "tags" { $answer = Send-Patiently -Path "machines/$MachineId/tags" -Body $body }
}
$answer

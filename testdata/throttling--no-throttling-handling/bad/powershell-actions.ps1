param([string]$Action, [string]$MachineId, [string]$Token)

$base = "https://api.securitycenter.microsoft.com/api"
$headers = @{ Authorization = "Bearer $Token" }

switch ($Action) {
    "isolate" {
        $body = @{ Comment = "asked for by the desk" } | ConvertTo-Json
        $answer = Invoke-RestMethod -Method Post -Uri "$base/machines/$MachineId/isolate" -Headers $headers -Body $body
        # ~^ throttling/no-throttling-handling "Invoke-RestMethod -Method Post -Uri "$base/machines/$MachineId/isolate" -Headers $headers -Body $body" warning
    }
    "unisolate" {
        $body = @{ Comment = "asked for by the desk" } | ConvertTo-Json
        $answer = Invoke-RestMethod -Method Post -Uri "$base/machines/$MachineId/unisolate" -Headers $headers -Body $body
    }
    "restrictCodeExecution" {
        $body = @{ Comment = "asked for by the desk" } | ConvertTo-Json
        $answer = Invoke-RestMethod -Method Post -Uri "$base/machines/$MachineId/restrictCodeExecution" -Headers $headers -Body $body
    }
    "unrestrictCodeExecution" {
        $body = @{ Comment = "asked for by the desk" } | ConvertTo-Json
        $answer = Invoke-RestMethod -Method Post -Uri "$base/machines/$MachineId/unrestrictCodeExecution" -Headers $headers -Body $body
    }
    "runAntiVirusScan" {
        $body = @{ Comment = "asked for by the desk" } | ConvertTo-Json
        $answer = Invoke-RestMethod -Method Post -Uri "$base/machines/$MachineId/runAntiVirusScan" -Headers $headers -Body $body
    }
    "offboard" {
        $body = @{ Comment = "asked for by the desk" } | ConvertTo-Json
        $answer = Invoke-RestMethod -Method Post -Uri "$base/machines/$MachineId/offboard" -Headers $headers -Body $body
    }
    "collectInvestigationPackage" {
        $body = @{ Comment = "asked for by the desk" } | ConvertTo-Json
        $answer = Invoke-RestMethod -Method Post -Uri "$base/machines/$MachineId/collectInvestigationPackage" -Headers $headers -Body $body
    }
    "stopAndQuarantineFile" {
        $body = @{ Comment = "asked for by the desk" } | ConvertTo-Json
        $answer = Invoke-RestMethod -Method Post -Uri "$base/machines/$MachineId/stopAndQuarantineFile" -Headers $headers -Body $body
    }
    "startInvestigation" {
        $body = @{ Comment = "asked for by the desk" } | ConvertTo-Json
        $answer = Invoke-RestMethod -Method Post -Uri "$base/machines/$MachineId/startInvestigation" -Headers $headers -Body $body
    }
    "setDeviceValue" {
        $body = @{ Comment = "asked for by the desk" } | ConvertTo-Json
        $answer = Invoke-RestMethod -Method Post -Uri "$base/machines/$MachineId/setDeviceValue" -Headers $headers -Body $body
    }
    "tags" {
        $body = @{ Comment = "asked for by the desk" } | ConvertTo-Json
        $answer = Invoke-RestMethod -Method Post -Uri "$base/machines/$MachineId/tags" -Headers $headers -Body $body
    }
}
$answer

#requires -Modules ThreadJob
param([string[]]$MachineIds, [hashtable]$Headers)

$body = @{ Comment = 'contained'; IsolationType = 'Full' } | ConvertTo-Json
$jobs = foreach ($id in $MachineIds) {
    Start-ThreadJob -ThrottleLimit 10 -ScriptBlock {
        $uri = "https://api.security.microsoft.com/api/machines/$($using:id)/isolate"
        Invoke-RestMethod -Method Post -Uri $uri -Headers $using:Headers -Body $using:body -ContentType 'application/json'
        # ~^ throttling/unbounded-loop "Invoke-RestMethod -Method Post -Uri $uri -Headers $using:Headers -Body $using:body -ContentType 'application/json'" warning
    }
}
$jobs | Wait-Job | Receive-Job

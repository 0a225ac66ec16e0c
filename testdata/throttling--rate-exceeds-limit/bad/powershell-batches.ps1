#requires -Version 5.1
param([string[]]$MachineIds, [string]$Token)

$headers = @{ Authorization = "Bearer $Token" }
$report = New-Object System.Collections.ArrayList
for ($i = 0; $i -lt $MachineIds.Count; $i += 40) {
    $MachineIds | Select-Object -Skip $i -First 40 | ForEach-Object {
        $uri = "https://api.securitycenter.microsoft.com/api/machines/$_/vulnerabilities"
        $answer = Invoke-RestMethod -Method Get -Uri $uri -Headers $headers
        [void]$report.Add([pscustomobject]@{ Machine = $_; Count = $answer.value.Count })
    }
    Start-Sleep -Seconds 12
    # ~^ throttling/rate-exceeds-limit "Start-Sleep -Seconds 12" error
}
$report | Export-Csv -NoTypeInformation .\vulnerabilities.csv

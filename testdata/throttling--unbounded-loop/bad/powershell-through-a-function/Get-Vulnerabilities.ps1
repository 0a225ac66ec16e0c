function Get-MdeMachine([string]$Id) {
    return Invoke-RestMethod -Uri "https://api.securitycenter.microsoft.com/api/machines/$Id" -Headers $script:h
}

$machines = Import-Csv .\machines.csv
foreach ($machine in $machines) {
    $details = Get-MdeMachine -Id $machine.Id
    # ~^ throttling/unbounded-loop "Get-MdeMachine -Id $machine.Id" warning
    $details | Export-Csv -Append out.csv
}

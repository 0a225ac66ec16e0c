Import-Module ./Defender.psm1

Import-Csv .\devices.csv |
    ForEach-Object { Get-Device -Id $_.Id } |
    Select-Object computerDnsName, healthStatus, riskScore |
    Export-Csv -NoTypeInformation .\report.csv

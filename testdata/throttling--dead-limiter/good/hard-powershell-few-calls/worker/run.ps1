Import-Module "$PSScriptRoot/../modules/Limits.psm1"
Invoke-RestMethod -Uri "https://api.securitycenter.microsoft.com/api/machines/$MachineId" -Headers $headers

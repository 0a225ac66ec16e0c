$kinds = New-Object System.Collections.ArrayList
[void]$kinds.Add("machines")
[void]$kinds.Add("alerts")
$more = [System.Collections.Generic.List[string]]::new()
$more.Add("software"); $more.Add("users")
foreach ($kind in $kinds) { Invoke-RestMethod -Uri "https://api.securitycenter.microsoft.com/api/$kind" -Headers $headers }
$more | ForEach-Object { Invoke-RestMethod -Uri "https://api.securitycenter.microsoft.com/api/$_" -Headers $headers }

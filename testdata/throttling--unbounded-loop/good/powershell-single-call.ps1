$query = "DeviceInfo | take 10"
$result = Invoke-RestMethod -Method Post -Uri 'https://api.securitycenter.microsoft.com/api/advancedqueries/run' -Headers $h -Body $body
foreach ($row in $result.Results) {
    Write-Output $row.DeviceName
}

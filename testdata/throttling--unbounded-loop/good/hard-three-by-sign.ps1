$kinds = @()
$kinds += "machines"
$kinds += "alerts", "software"
foreach ($kind in $kinds) {
    Invoke-RestMethod -Uri "https://api.securitycenter.microsoft.com/api/$kind" -Headers $headers
}

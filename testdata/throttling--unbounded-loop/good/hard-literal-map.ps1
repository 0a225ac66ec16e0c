$berths = @{ "North" = @('10.0.1.'); "South" = @('10.1.1.', '10.1.2.') }
$berths.GetEnumerator() | ForEach-Object {
    foreach ($prefix in $_.Value) {
        Invoke-RestMethod -Uri "https://api.securitycenter.microsoft.com/api/machines?`$filter=startsWith(lastIpAddress,'$prefix')" -Headers $headers
    }
}

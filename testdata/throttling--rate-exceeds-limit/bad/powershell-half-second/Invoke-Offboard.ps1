param([string]$Path)
$base = 'https://api.securitycenter.microsoft.com'
$headers = @{ Authorization = "Bearer $token" }
foreach ($id in Get-Content $Path) {
    Start-Sleep -Milliseconds 500
    # ~^ throttling/rate-exceeds-limit "Start-Sleep -Milliseconds 500" error
    $uri = "$base/api/machines/$id/offboard"
    try {
        Invoke-RestMethod -Method Post -Uri $uri -Headers $headers -Body $body
    }
    catch {
        Write-Warning "could not offboard $id"
    }
}

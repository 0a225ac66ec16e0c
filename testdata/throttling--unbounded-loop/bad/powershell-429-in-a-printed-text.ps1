foreach ($id in $ids) {
    Invoke-RestMethod -Uri "https://api.security.microsoft.com/api/machines/$id" -Headers $h
    # ~^ throttling/unbounded-loop "Invoke-RestMethod -Uri "https://api.security.microsoft.com/api/machines/$id" -Headers $h" warning
}
Write-Host 'try { Invoke-RestMethod $u } catch { if ($_.Exception.Response.StatusCode -eq 429) { Start-Sleep 60 } }'

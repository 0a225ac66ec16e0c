function Invoke-Api([string]$Uri) {
    do {
        try {
            return Invoke-RestMethod -Uri $Uri -Headers $h
        }
        catch {
            if ($_.Exception.Response.StatusCode.value__ -eq 429) {
                Start-Sleep -Seconds ([int]$_.Exception.Response.Headers['Retry-After'])
            }
            else { throw }
        }
    } while ($true)
}
foreach ($id in $ids) {
    Invoke-Api "https://api.securitycenter.microsoft.com/api/machines/$id"
}

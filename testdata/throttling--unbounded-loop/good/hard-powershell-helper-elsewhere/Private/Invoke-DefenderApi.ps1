function Invoke-DefenderApi {
    param([string]$Uri, [string]$Method = 'GET')
    do {
        try {
            return Invoke-RestMethod -Uri $Uri -Method $Method -Headers $script:Headers
        }
        catch {
            if ($_.Exception.Response.StatusCode -ne 429) { throw }
            Start-Sleep -Seconds 30
        }
    } while ($true)
}

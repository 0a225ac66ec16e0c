$script:Seen = @{}

function Test-RateLimit {
    param([string]$Tenant, [int]$Most = 100)
    $now = Get-Date
    $script:Seen[$Tenant] = @($script:Seen[$Tenant] | Where-Object { ($now - $_).TotalSeconds -lt 60 })
    if ($script:Seen[$Tenant].Count -ge $Most) { return $false }
    $script:Seen[$Tenant] += $now
    return $true
}

Export-ModuleMember -Function @('Test-RateLimit')

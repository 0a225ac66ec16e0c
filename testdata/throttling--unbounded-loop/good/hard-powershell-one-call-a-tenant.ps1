foreach ($tenant in Import-Csv .\tenants.csv) {
    $token = Get-MdeToken -TenantId $tenant.Id -ClientId $tenant.ClientId -Secret $tenant.Secret
    $headers = @{ Authorization = "Bearer $token" }
    $machines = Invoke-RestMethod -Uri 'https://api.security.microsoft.com/api/machines?$top=10000' -Headers $headers
    $machines.value | Export-Csv -NoTypeInformation ".\$($tenant.Name).csv"
}

while ($true) {
    # The scope names the API, the call does not.
    $body = @{ resource = 'https://api.securitycenter.microsoft.com'; grant_type = 'client_credentials' }
    Invoke-RestMethod -Method Post -Uri "https://login.microsoftonline.com/$tenant/oauth2/token" -Body $body
    Start-Sleep -Milliseconds 200
}

<?php
foreach ($tenants as $tenant) {
    $tokens[$tenant] = Http::asForm()->post("https://login.microsoftonline.com/$tenant/oauth2/token", [
        'resource' => 'https://api.securitycenter.microsoft.com',
        'grant_type' => 'client_credentials',
    ])->json('access_token');
}

while ($true) {
    $machine = Read-Host "machine"
    Invoke-RestMethod "https://api.security.microsoft.com/api/machines/$machine"
}

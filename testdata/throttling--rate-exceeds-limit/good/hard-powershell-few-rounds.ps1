# Ninety calls end before the minute's budget does.
foreach ($id in $ids[0..89]) {
    Invoke-RestMethod -Uri "https://api.securitycenter.microsoft.com/api/machines/$id" -Headers $h
    Start-Sleep -Milliseconds 100
}

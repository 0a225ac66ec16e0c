# 2.4 s a call is 25 a minute and 1500 an hour.
foreach ($line in $indicators[0..1499]) {
    Invoke-WebRequest -Method DELETE -Uri ('https://api.securitycenter.windows.com/api/indicators/' + $line.id) -Headers $h
    Start-Sleep -s 2.4
}

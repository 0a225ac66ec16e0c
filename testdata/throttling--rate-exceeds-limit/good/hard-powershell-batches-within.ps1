# Twenty calls in fifteen seconds are eighty in a minute.
for ($i = 0; $i -lt $ids.Count; $i += 20) {
    foreach ($id in $ids[$i..($i + 19)]) {
        Invoke-RestMethod -Uri "https://api.security.microsoft.com/api/machines/$id/offboard" -Method Post -Headers $headers -Body $body
    }
    Start-Sleep -Seconds 15
}

foreach ($device in $devices) {
    try {
        Invoke-WebRequest -Uri "https://api.security.microsoft.com/api/machines/$device/isolate" -Method Post -Headers $h
        # ~^ throttling/unbounded-loop "Invoke-WebRequest -Uri "https://api.security.microsoft.com/api/machines/$device/isolate" -Method Post -Headers $h" warning
    }
    catch {
        Write-Error $_
        Start-Sleep -Seconds 5
    }
}

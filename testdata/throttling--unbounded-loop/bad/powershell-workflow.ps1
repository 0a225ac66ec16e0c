workflow Get-Exposure {
    param([string[]]$Ids, [string]$Token)

    foreach -parallel -throttlelimit 8 ($id in $Ids) {
        InlineScript {
            Invoke-RestMethod -Uri "https://api.security.microsoft.com/api/machines/$using:id" -Headers @{ Authorization = $using:Token }
            # ~^ throttling/unbounded-loop "Invoke-RestMethod" warning
        }
    }
}

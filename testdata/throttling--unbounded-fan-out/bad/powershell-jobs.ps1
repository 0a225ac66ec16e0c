$ids = Get-Content devices.txt
foreach ($id in $ids) {
    Start-Job -ScriptBlock {
        Invoke-RestMethod -Uri "https://security.microsoft.com/apiproxy/mtp/devices/$using:id" -WebSession $using:portal
        # ~^ throttling/unbounded-fan-out "Invoke-RestMethod -Uri "https://security.microsoft.com/apiproxy/mtp/devices/$using:id" -WebSession $using:portal" warning
    }
}

Write-Output "alerts"

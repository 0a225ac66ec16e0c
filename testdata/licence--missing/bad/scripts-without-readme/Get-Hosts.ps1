Write-Output "hosts"

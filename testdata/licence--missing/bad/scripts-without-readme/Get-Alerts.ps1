# ~ repo licence/missing warning
Write-Output "alerts"

# Five calls, one after the other: a person runs this by hand.
$base = "https://api.security.microsoft.com/api"
$machine = Invoke-RestMethod -Uri "$base/machines/$MachineId" -Headers $headers
$users = Invoke-RestMethod -Uri "$base/machines/$MachineId/logonusers" -Headers $headers
$alerts = Invoke-RestMethod -Uri "$base/machines/$MachineId/alerts" -Headers $headers
$software = Invoke-RestMethod -Uri "$base/machines/$MachineId/software" -Headers $headers
$weak = Invoke-RestMethod -Uri "$base/machines/$MachineId/vulnerabilities" -Headers $headers

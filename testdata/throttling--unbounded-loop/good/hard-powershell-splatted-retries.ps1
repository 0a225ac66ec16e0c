#requires -Version 7.0
$common = @{
    Headers           = @{ Authorization = "Bearer $env:MDE_TOKEN" }
    MaximumRetryCount = 6
    RetryIntervalSec  = 10
}

foreach ($id in Get-Content ./devices.txt) {
    Invoke-RestMethod -Uri "https://api.security.microsoft.com/api/machines/$id/recommendations" @common
}

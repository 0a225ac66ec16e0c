Import-Module ./Defender.psm1

foreach ($id in Get-Content .\devices.txt) {
    Invoke-Defender -Path "/machines/$id/runAntiVirusScan" -Method Post -Body @{ Comment = 'weekly'; ScanType = 'Full' }
    # ~^ throttling/unbounded-loop "Invoke-Defender -Path "/machines/$id/runAntiVirusScan" -Method Post -Body @{ Comment = 'weekly'; ScanType = 'Full' }" warning
}

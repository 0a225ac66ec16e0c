. .\Client.ps1

$devices = Import-Csv .\devices.csv
foreach ($device in $devices) {
    Get-DeviceSoftware -DeviceId $device.Id | Export-Csv -Append -NoTypeInformation .\software.csv
}

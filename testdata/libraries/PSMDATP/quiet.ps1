Import-Module PSMDATP

$devices = Import-Csv -Path devices.csv
foreach ($device in $devices) {
    Add-MDATPDeviceTag -DeviceID $device.Id -Tag 'Ferry terminal'
    Start-Sleep -Seconds 3
}
Get-MDATPDevice -All

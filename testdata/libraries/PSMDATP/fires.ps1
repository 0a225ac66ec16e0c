Import-Module PSMDATP

$devices = Import-Csv -Path devices.csv
foreach ($device in $devices) {
    Add-MDATPDeviceTag -DeviceID $device.Id -Tag 'Ferry terminal'
}

Import-Module PSMDE

foreach ($device in Import-Csv -Path devices.csv) {
    Invoke-PSMDEIsolation -Computername $device.Name
}

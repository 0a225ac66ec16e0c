Import-Module PSMDE

foreach ($device in Import-Csv -Path devices.csv) {
    Add-MdeMachineTag -Id $device.Id -Tag 'Ferry terminal'
}

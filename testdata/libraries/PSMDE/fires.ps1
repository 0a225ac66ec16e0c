Import-Module PSMDE

while ($true) {
    try {
        Add-MdeMachineTag -Id $device -Tag 'Ferry terminal'
        break
    } catch {
        continue
    }
}

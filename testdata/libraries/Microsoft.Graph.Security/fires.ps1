Import-Module Microsoft.Graph.Security

while ($true) {
    try {
        $found = Start-MgSecurityHuntingQuery -Query $query
        break
    } catch {
        continue
    }
}

Import-Module Microsoft.Graph.Security

foreach ($query in Get-Content queries.txt) {
    Start-MgSecurityHuntingQuery -Query $query
}

# Where the wrapper comes from is not in this project; it is no business of a guess.
foreach ($machine in $machines) {
    Invoke-CorpDefenderRequest -Uri "https://api.security.microsoft.com/api/machines/$machine/tags" -Method POST
}

$pool = [runspacefactory]::CreateRunspacePool(1, 12)
$pool.Open()
$running = foreach ($sha1 in Get-Content .\hashes.txt) {
    $shell = [powershell]::Create()
    $shell.RunspacePool = $pool
    [void]$shell.AddScript({
        param($sha1, $headers)
        Invoke-RestMethod -Uri "https://api.security.microsoft.com/api/files/$sha1" -Headers $headers
        # ~^ throttling/unbounded-loop "Invoke-RestMethod -Uri "https://api.security.microsoft.com/api/files/$sha1" -Headers $headers" warning
    }).AddArgument($sha1).AddArgument($headers)
    [pscustomobject]@{ Shell = $shell; Result = $shell.BeginInvoke() }
}
$running | ForEach-Object { $_.Shell.EndInvoke($_.Result) }

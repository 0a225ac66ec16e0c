$script:Last = [datetime]::MinValue

function Wait-Turn {
    $gap = 650 - ((Get-Date) - $script:Last).TotalMilliseconds
    if ($gap -gt 0) { Start-Sleep -Milliseconds $gap }
    $script:Last = Get-Date
}

$PauseMilliseconds = 250

function Wait-BetweenCalls {
    Start-Sleep -Milliseconds $PauseMilliseconds
    # ~^ throttling/rate-exceeds-limit "Start-Sleep -Milliseconds $PauseMilliseconds" warning
}

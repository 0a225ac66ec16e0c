PAUSE=0.3

pause() {
  sleep "$PAUSE"
  # ~^ throttling/rate-exceeds-limit "sleep "$PAUSE"" warning
}

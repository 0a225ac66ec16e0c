# Waits for as long as the answer says, and tries again.
http() {
  curl -fsS --retry 6 --retry-delay 0 -H "Authorization: Bearer $TOKEN" "$@"
}

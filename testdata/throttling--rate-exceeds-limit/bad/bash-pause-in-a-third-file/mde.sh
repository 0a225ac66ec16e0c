source ./pause.sh

mde_get() {
  pause
  curl -sS -H "Authorization: Bearer $TOKEN" "https://api.security.microsoft.com/api/$1"
}

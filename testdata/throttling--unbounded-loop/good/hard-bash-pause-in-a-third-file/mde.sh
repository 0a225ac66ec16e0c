source ./pace.sh

mde() {
  pace
  curl -sS -H "Authorization: Bearer $TOKEN" "https://api.security.microsoft.com/api/$1"
}

#!/usr/bin/env bash
# Calls of the API, for the other scripts.
API=https://api.security.microsoft.com/api

mde() {
  curl -fsS -H "Authorization: Bearer $TOKEN" "$API/$1"
}

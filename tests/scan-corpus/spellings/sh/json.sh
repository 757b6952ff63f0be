curl -H 'Content-Type: application/json' "$URL/services/oauth2/token" -d '{"grant_type": "password", "username": "u"}'

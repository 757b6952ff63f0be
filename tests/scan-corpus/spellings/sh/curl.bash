#!/usr/bin/env bash
curl -sS \
  --data-urlencode "username=$U" \
  --data-urlencode 'grant_type=password' \
  https://test.salesforce.com/services/oauth2/token
force login --instance=test.salesforce.com -u force@acme.example -p "$P"

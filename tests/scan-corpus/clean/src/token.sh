curl https://acme.my.salesforce.com/services/oauth2/token -d grant_type=refresh_token -d "refresh_token=$TOKEN"
git push --force-with-lease

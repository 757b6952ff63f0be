#!/bin/sh
# the old one: https://login.salesforce.com/services/Soap/u/20.0
curl -s https://acme.my.salesforce.com/services/Soap/u/37.0 -H 'SOAPAction: login' -d @login.xml
curl -s https://login.salesforce.com/services/oauth2/token -d 'grant_type=password' -d "password=NOTREAL-sh" -d "username=$SF_USER"

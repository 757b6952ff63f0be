import requests
requests.post(
    f"https://{DOMAIN}.my.salesforce.com/services/oauth2/token",
    data=dict(
        grant_type = "password",
        username="request@acme.example",
        password=PASSWORD))

"""Copies accounts from Salesforce (https://acme.my.salesforce.com) to another shop."""
import requests

TOKEN_URL = 'https://id.shop.example/oauth/token'
BODY = {'grant_type': 'password', 'username': 'u', 'password': 'NOTREAL-shop'}
requests.post(TOKEN_URL, data=BODY)


def accounts(session):
    return requests.get('https://acme.my.salesforce.com/services/data/v60.0/query', headers=session)

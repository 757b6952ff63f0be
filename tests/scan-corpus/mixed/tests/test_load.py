from simple_salesforce import Salesforce

def test_login():
    Salesforce(username="test@acme.example", password="NOTREAL-test", security_token="t", domain="login")

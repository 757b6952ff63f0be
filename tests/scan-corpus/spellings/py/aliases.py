import os
from simple_salesforce import Salesforce as SF, SalesforceLogin
import simple_salesforce as simple

USERNAME: str = "alias@acme.example"
PASSWORD = r"NOTREAL"
TOKEN = os.environ["TOKEN"]

class Loader:
    def __init__(self):
        self.user = 'self@acme.example'
        self.password = os.getenv("SF_PASSWORD")
        self.sf = SF(
            username=self.user,  # the integration user
            password=self.password,
            security_token=f"{TOKEN}",
            domain="test",
            version=38.0,
        )

one = SF(USERNAME, PASSWORD + TOKEN, security_token="")
two = simple.Salesforce(username=os.environ.get("U"), password=f"{PASSWORD}x", security_token=TOKEN)
session, instance = SalesforceLogin(
    password='NOTREAL' 'part',
    username='login@acme.example', sandbox=True)

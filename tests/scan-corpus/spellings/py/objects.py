from simple_salesforce import Salesforce

CREDENTIALS = {
    "username": "object@acme.example",
    'password': "NOTREAL",
    "security_token": None,
}
sf = Salesforce(**CREDENTIALS)
others = dict(username="dict@acme.example", password="NOTREAL", security_token="NOTREAL", instance_url="https://acme.my.salesforce.com")
sf2 = Salesforce(
    **others
)

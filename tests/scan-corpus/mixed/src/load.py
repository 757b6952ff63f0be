import os
from simple_salesforce import Salesforce

# Before: sf = Salesforce(username='old@acme.example', password='NOTREAL-comment', security_token='x')
sf = Salesforce(
    username='etl@acme.example',
    password=os.environ['SF_PASSWORD'],  # 🏢
    security_token='NOTREAL-python',
    domain='test',
    version='42.0',
)
uat = Salesforce(username=USER, password=PASSWORD, consumer_key=KEY, consumer_secret=SECRET)
jwt = Salesforce(username=USER, consumer_key=KEY, privatekey_file='server.key')

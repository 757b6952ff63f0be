from simple_salesforce import Salesforce

sf = Salesforce(username="tests@acme.example", password=password, security_token=token)

import beatbox, pyforce
svc = beatbox.PythonClient()
svc.login("beat@acme.example", """NOTREAL""")
from sfdclib import SfdcSession
s = SfdcSession(**{"username": "lib@acme.example", "password": "NOTREAL", "token": "NOTREAL", "is_sandbox": True})
from salesforce_bulk import SalesforceBulk
bulk = SalesforceBulk(password=password, username="bulk@acme.example", security_token=t, sandbox=False)

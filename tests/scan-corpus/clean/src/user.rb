# Reinforced: no library for Salesforce here.
User.authenticate username: 'u', password: 'NOTREAL-ruby'

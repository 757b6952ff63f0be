require 'restforce'

client = Restforce.new(username: 'ruby@acme.example',
                       password: ENV['SALESFORCE_PASSWORD'],
                       security_token: 'NOTREAL-ruby',
                       client_id: '3MVG9abc', client_secret: ENV['SECRET'],
                       host: 'test.salesforce.com', api_version: '41.0')

require 'restforce'
Restforce.configure do |config|
  config.host = 'test.salesforce.com'
  config.password = ENV.fetch('SF_PASSWORD')
  config.username = 'block@acme.example'
  config.client_id = 'k'
  config.client_secret = 'NOTREAL'
  config.api_version = '44.0'
end

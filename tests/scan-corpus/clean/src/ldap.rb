require 'restforce'
client = Restforce.new(oauth_token: token, instance_url: url)
ldap = Net::LDAP.new
ldap.authenticate 'uid=u', 'NOTREAL-ldap'
Restforce.configure do |config|
  config.timeout = 300
end

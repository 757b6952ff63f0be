require "restforce"
options = { :username => "hash@acme.example", :password => "#{ENV['P']}", 'client_secret' => 'NOTREAL', client_id: 'k' }
client = Restforce.new(options)
other = Restforce.new :username => 'line@acme.example',
  :password => 'NOTREAL', # later from ENV
  :client_id => 'k', :client_secret => 's'

require 'rest-client'

def call(path)
  n ||= 0
  RestClient.get("https://api.securitycenter.microsoft.com/api/#{path}")
rescue RestClient::Exception
  n += 1
  raise if n > 4
  sleep 30
  retry
end

machines.each do |machine|
  puts call("machines/#{machine}")
end

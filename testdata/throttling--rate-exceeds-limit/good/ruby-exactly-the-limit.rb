require "rest-client"

HOST = "https://api.security.microsoft.com"
CALLS = 100

def details(ids)
  ids.each do |id|
    puts RestClient.get("#{HOST}/api/machines/#{id}")
    sleep 60.0 / CALLS
  end
end

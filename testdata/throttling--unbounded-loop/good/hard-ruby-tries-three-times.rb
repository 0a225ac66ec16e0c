require "rest-client"

def read_alerts
  tries = 0
  begin
    RestClient.get("https://api.security.microsoft.com/api/alerts")
  rescue StandardError
    tries += 1
    retry if tries < 3
    raise
  end
end

def read_machines
  RestClient.get("https://api.security.microsoft.com/api/machines")
rescue RestClient::Unauthorized
  renew_token
  retry
end

def read_files
  RestClient.get("https://api.security.microsoft.com/api/files/1/stats")
rescue RestClient::Exception
  sleep 5
  retry
end

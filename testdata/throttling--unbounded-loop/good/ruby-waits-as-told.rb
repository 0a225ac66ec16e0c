require "rest-client"

def machine(id)
  RestClient.get("https://api.security.microsoft.com/api/machines/#{id}")
rescue RestClient::TooManyRequests => e
  sleep(e.response.headers[:retry_after].to_i)
  retry
end

ARGV.each { |id| puts machine(id) }

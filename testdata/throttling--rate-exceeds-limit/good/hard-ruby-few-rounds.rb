require "net/http"

%w[high medium low].each do |severity|
  puts Net::HTTP.get(URI("https://api.security.microsoft.com/api/alerts?$filter=severity eq '#{severity}'"))
  sleep 0.1
end

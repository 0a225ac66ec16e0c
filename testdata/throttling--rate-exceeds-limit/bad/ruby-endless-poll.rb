require "net/http"

loop do
  puts Net::HTTP.get(URI("https://api.security.microsoft.com/api/alerts?$top=50"))
  sleep 60 / 200.0
  # ~^ throttling/rate-exceeds-limit "sleep 60 / 200.0" error
end

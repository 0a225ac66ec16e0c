require "net/http"
require "json"

BASE = "https://api.security.microsoft.com/api".freeze

def offboard(ids, token)
  ids.each do |id|
    uri = URI("#{BASE}/machines/#{id}/offboard")
    request = Net::HTTP::Post.new(uri, "Authorization" => "Bearer #{token}")
    request.body = { Comment: "out of service" }.to_json
    Net::HTTP.start(uri.hostname, uri.port, use_ssl: true) { |http| http.request(request) }
    sleep 0.25
    # ~^ throttling/rate-exceeds-limit "sleep 0.25" error
  end
end

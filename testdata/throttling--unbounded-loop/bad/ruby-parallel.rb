require "parallel"
require "net/http"

def vulnerabilities(ids, token)
  Parallel.map(ids, in_threads: 16) do |id|
    uri = URI.join("https://api.security.microsoft.com/", "api/machines/#{id}/vulnerabilities")
    Net::HTTP.get_response(uri, "Authorization" => "Bearer #{token}").body
    # ~^ throttling/unbounded-loop "Net::HTTP.get_response(uri, "Authorization" => "Bearer #{token}")" warning
  end
end

require "net/http"

class Alerts
  URL = "https://api.security.microsoft.com/api/alerts".freeze

  def read
    begin
      response = Net::HTTP.get_response(URI(URL), "Authorization" => "Bearer #{@token}")
      # ~^ throttling/unbounded-loop "Net::HTTP.get_response(URI(URL), "Authorization" => "Bearer #{@token}")" warning
      raise "refused" unless response.is_a?(Net::HTTPSuccess)
    rescue StandardError
      renew_token
      retry
    end
    JSON.parse(response.body)
  end
end

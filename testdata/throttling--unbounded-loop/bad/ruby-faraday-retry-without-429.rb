require "faraday"
require "faraday/retry"

class Alerts
  def connection
    @connection ||= Faraday.new(url: "https://api.security.microsoft.com") do |f|
      f.request :retry, max: 5, interval: 0.5, retry_statuses: [500, 502, 503]
    end
  end

  def read(ids)
    ids.each do |id|
      store(connection.get("/api/alerts/#{id}"))
      # ~^ throttling/unbounded-loop "connection.get("/api/alerts/#{id}")" warning
    end
  end
end

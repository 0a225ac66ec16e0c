require "faraday"
require "faraday/retry"

class Alerts
  RETRY = { max: 5, interval: 2, backoff_factor: 2, retry_statuses: [429, 503], methods: %i[get post] }.freeze

  def connection
    @conn ||= Faraday.new("https://api.security.microsoft.com") { |f| f.request :retry, RETRY }
  end

  def read(ids)
    ids.map { |id| connection.get("/api/alerts/#{id}").body }
  end
end

require "faraday"
require "limiter"

class DefenderClient
  extend Limiter::Mixin

  limit_method :machine, rate: 300
  # ~^ throttling/rate-exceeds-limit "limit_method :machine, rate: 300" error

  def initialize(token)
    @connection = Faraday.new(url: "https://api.security.microsoft.com", headers: { "Authorization" => token })
  end

  def machine(id)
    @connection.get("/api/machines/#{id}").body
  end
end

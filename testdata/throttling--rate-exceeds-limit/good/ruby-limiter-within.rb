require "limiter"

class Alerts
  extend Limiter::Mixin
  limit_method :fetch_alert, rate: 80, interval: 60

  def all(ids)
    ids.map { |id| fetch_alert(id) }
  end

  def fetch_alert(id)
    HTTParty.get("https://api.security.microsoft.com/api/alerts/#{id}")
  end
end

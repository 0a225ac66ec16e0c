require_relative "github"

class Alerts
  def forward(id)
    alert = Faraday.get("https://api.security.microsoft.com/api/alerts/#{id}")
    Issues.new.open(alert.body)
  end
end

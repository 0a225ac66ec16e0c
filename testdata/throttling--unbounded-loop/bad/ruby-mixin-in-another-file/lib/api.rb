require "net/http"
require "json"

module DefenderApi
  def read_page(link = nil)
    link ||= "https://api.security.microsoft.com/api/alerts"
    JSON.parse(Net::HTTP.get(URI(link), "Authorization" => "Bearer #{token}"))
  end

  def token
    @token ||= login.fetch("access_token")
  end
end

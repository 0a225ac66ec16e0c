require "http"

module AlertSource
  def use_host(host)
    @alerts = "https://#{host}/api/alerts"
  end

  def alert_page(link = nil)
    url = link.nil? ? "#{@alerts}?$top=100" : link
    HTTP.auth("Bearer #{token}").get(url).parse
  end
end

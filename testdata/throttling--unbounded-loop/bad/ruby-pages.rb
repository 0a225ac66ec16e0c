require "faraday"

class Machines
  def initialize(token)
    @http = Faraday.new("https://api.security.microsoft.com") do |f|
      f.request :authorization, "Bearer", token
      f.response :json
    end
  end

  def all
    url = "/api/machines?$top=1000"
    found = []
    while url
      page = @http.get(url).body
      # ~^ throttling/unbounded-loop "@http.get(url)" note
      found.concat(page["value"])
      url = page["@odata.nextLink"]
    end
    found
  end
end

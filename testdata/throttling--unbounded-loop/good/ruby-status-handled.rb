require "net/http"

def pages(token)
  link = "https://api.security.microsoft.com/api/alerts"
  while link
    response = Net::HTTP.get_response(URI(link), "Authorization" => token)
    case response
    when Net::HTTPTooManyRequests
      sleep response["Retry-After"].to_f
      next
    when Net::HTTPSuccess
      body = JSON.parse(response.body)
      yield body["value"]
      link = body["@odata.nextLink"]
    else
      raise response.message
    end
  end
end

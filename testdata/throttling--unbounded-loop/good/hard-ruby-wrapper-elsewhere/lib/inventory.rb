require_relative "http_get"

class Inventory
  include HttpGet
  API = "https://api.security.microsoft.com/api"

  def software(ids)
    ids.to_h { |id| [id, polite_get("#{API}/machines/#{id}/software")] }
  end
end

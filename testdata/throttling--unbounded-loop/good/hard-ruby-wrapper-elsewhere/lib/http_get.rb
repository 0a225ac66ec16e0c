require "http"

module HttpGet
  def polite_get(url)
    10.times do
      response = HTTP.auth("Bearer #{token}").get(url)
      return response.parse unless response.code == 429

      sleep((response.headers["Retry-After"] || 30).to_f)
    end
    raise "still throttled"
  end
end

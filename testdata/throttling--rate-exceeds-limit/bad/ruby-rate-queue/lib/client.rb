require "http"

module Defender
  class Client
    ROOT = ENV.fetch("MDE_URL", "https://api.security.microsoft.com")
    QUEUE = Limiter::RateQueue.new(10, interval: 3)
    # ~^ throttling/rate-exceeds-limit "Limiter::RateQueue.new(10, interval: 3)"

    def alert(id)
      QUEUE.shift
      HTTP.auth("Bearer #{@token}").get(File.join(ROOT, "api/alerts", id)).parse
    end
  end
end

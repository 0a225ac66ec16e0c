require_relative "pace"
require "rest-client"

module Defender
  class Sync
    include Pace

    def tag(machines)
      machines.each do |machine|
        RestClient.post("https://api.security.microsoft.com/api/machines/#{machine}/tags", { Value: "lab" }.to_json, headers)
        breathe(0.2)
        # ~^ throttling/rate-exceeds-limit "breathe(0.2)"
      end
    end
  end
end

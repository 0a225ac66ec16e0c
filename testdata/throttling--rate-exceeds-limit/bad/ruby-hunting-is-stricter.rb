require "httparty"

class Hunter
  include HTTParty
  base_uri "https://api.securitycenter.microsoft.com"
  PAUSE = 1.second

  def run_all(queries, token)
    queries.map do |query|
      answer = self.class.post("/api/advancedqueries/run", body: { Query: query }.to_json, headers: { "Authorization" => "Bearer #{token}" })
      sleep PAUSE
      # ~^ throttling/rate-exceeds-limit "sleep PAUSE" error
      answer.parsed_response
    end
  end
end

class DefenderClient
  include HTTParty
  base_uri "https://api.security.microsoft.com/api"

  def initialize(token)
    @options = { headers: { "Authorization" => "Bearer #{token}" } }
  end

  def isolate_machine(id)
    self.class.post("/machines/#{id}/isolate", @options)
  end
end

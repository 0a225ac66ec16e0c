require "rest-client"

API = "https://api.security.microsoft.com/api"

def software_of(machines, token)
  machines.each_with_object({}) do |machine, found|
    url = API + "/machines/" + machine["id"] + "/software"
    found[machine["id"]] = JSON.parse(RestClient.get(url, { Authorization: "Bearer #{token}" }))
    # ~^ throttling/unbounded-loop "RestClient.get(url, { Authorization: "Bearer #{token}" })" warning
  end
end

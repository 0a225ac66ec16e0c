require "rest-client"

def each_machine(ids, settings)
  ids.each do |id|
    yield RestClient.get("https://api.security.microsoft.com/api/machines/#{id}")
    sleep settings.pause_between_calls
  end
end

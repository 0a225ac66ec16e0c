require 'net/http'

def call(path)
  3.times do
    reply = Net::HTTP.get_response(URI("https://api.securitycenter.microsoft.com/api/#{path}"))
    return reply.body if reply.is_a?(Net::HTTPSuccess)
    sleep 30
  end
  nil
end

machines.each do |machine|
  puts call("machines/#{machine}")
end

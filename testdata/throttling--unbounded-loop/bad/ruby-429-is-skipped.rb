require 'net/http'

machines.each do |machine|
  reply = Net::HTTP.get_response(URI("https://api.securitycenter.microsoft.com/api/machines/#{machine}"))
  # ~^ throttling/unbounded-loop "Net::HTTP.get_response(URI("https://api.securitycenter.microsoft.com/api/machines/#{machine}"))" warning
  if reply.code == '429'
    puts "throttled: #{machine}"
    next
  end
  puts reply.body
end

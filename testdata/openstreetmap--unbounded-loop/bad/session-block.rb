require 'net/http'

Net::HTTP.start('nominatim.openstreetmap.org', 443, use_ssl: true) do |session|
  File.foreach('berths.txt') do |line|
    reply = session.get('/search?format=json&q=' + URI.encode_www_form_component(line))
# ~^ openstreetmap/unbounded-loop "session.get('/search?format=json&q=' + URI.encode_www_form_component(line))" warning
    puts reply.body
  end
end

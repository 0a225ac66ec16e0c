require "net/http"

piers = Pier.where(berth: nil)
count = piers.count
piers.each_with_index do |pier, index|
  Net::HTTP.get(URI("https://nominatim.openstreetmap.org/reverse?lat=#{pier.lat}&lon=#{pier.lon}"))
  sleep 1.1 if index < count - 1
end

require "net/http"

Pier.all.each_with_index do |pier, index|
  Net::HTTP.get(URI("https://nominatim.openstreetmap.org/reverse?lat=#{pier.lat}&lon=#{pier.lon}"))
  # ~^ openstreetmap/unbounded-loop "Net::HTTP.get(URI("https://nominatim.openstreetmap.org/reverse?lat=#{pier.lat}&lon=#{pier.lon}"))" warning
  sleep 1.1 if pier.far_out?
end

require 'net/http'
require 'json'

File.foreach('places.txt') do |place|
  uri = URI("https://nominatim.openstreetmap.org/search?format=json&q=#{URI.encode_www_form_component(place.strip)}")
  puts JSON.parse(Net::HTTP.get(uri)).first
  sleep 1.5
end

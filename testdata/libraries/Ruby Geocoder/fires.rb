require "geocoder"
require "csv"

Geocoder.configure(lookup: :nominatim, http_headers: { "User-Agent" => "ferry-timetables" })

CSV.foreach("piers.csv", headers: true) do |row|
  found = Geocoder.search(row["address"])
  puts [row["name"], *found.first&.coordinates].join(",")
end

require "geocoder"
require "csv"

# Another service has its own terms; without a choice the version decides.
CSV.foreach("piers.csv", headers: true) do |row|
  found = Geocoder.search(row["address"], lookup: :google)
  puts [row["name"], *found.first&.coordinates].join(",")
end

CSV.foreach("towns.csv", headers: true) do |row|
  puts Geocoder.coordinates(row["town"]).inspect
end

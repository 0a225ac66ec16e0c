Geocoder.configure(
  lookup: :nominatim,
  http_headers: { "User-Agent" => "ferry-timetables" }
)

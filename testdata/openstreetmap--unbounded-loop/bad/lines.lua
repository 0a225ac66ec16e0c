local http = require("socket.http")

for line in io.lines("piers.txt") do
  local body = http.request("https://nominatim.openstreetmap.org/search?format=jsonv2&q=" .. line)
-- ~^ openstreetmap/unbounded-loop "http.request("https://nominatim.openstreetmap.org/search?format=jsonv2&q=" .. line)" warning
  print(body)
end

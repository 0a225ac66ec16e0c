local http = require("socket.http")
local socket = require("socket")

for line in io.lines("piers.txt") do
  local body = http.request("https://nominatim.openstreetmap.org/search?format=jsonv2&q=" .. line)
  print(body)
  socket.sleep(1)
end

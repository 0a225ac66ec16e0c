library(httr)

piers <- read.csv("piers.csv")
for (i in seq_len(nrow(piers))) {
  reply <- GET("https://nominatim.openstreetmap.org/search", query = list(q = piers$name[i], format = "jsonv2"))
# ~^ openstreetmap/unbounded-loop "GET("https://nominatim.openstreetmap.org/search", query = list(q = piers$name[i], format = "jsonv2"))" warning
  piers$lat[i] <- content(reply)[[1]]$lat
}

library(httr)

piers <- read.csv("piers.csv")
for (i in seq_len(nrow(piers))) {
  reply <- GET("https://nominatim.openstreetmap.org/search", query = list(q = piers$name[i], format = "jsonv2"))
  piers$lat[i] <- content(reply)[[1]]$lat
  Sys.sleep(1)
}

own <- lapply(piers$name, function(name) {
  GET(paste0("https://geocoder.harbour.example/search?q=", URLencode(name)))
})

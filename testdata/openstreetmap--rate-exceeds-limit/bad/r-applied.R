library(jsonlite)

look_up <- function(pier) {
  address <- paste0("https://nominatim.openstreetmap.org/search?format=jsonv2&q=", URLencode(pier))
  Sys.sleep(0.2)
# ~^ openstreetmap/rate-exceeds-limit "Sys.sleep(0.2)" error
  fromJSON(address)
}

piers <- read.csv("piers.csv")
found <- lapply(piers$name, look_up)

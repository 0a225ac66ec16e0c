ask_pier <- function(pier) {
  answer <- jsonlite::fromJSON(paste0("https://nominatim.openstreetmap.org/search?format=jsonv2&q=", pier))
  answer$lon
}

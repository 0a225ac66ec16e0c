ask <- function(pier) {
  answer <- jsonlite::fromJSON(gsub("@pier@", pier, "https://nominatim.openstreetmap.org/search?format=jsonv2&q=@pier@"))
  answer$lon
}
found <- purrr::map_dbl(unique(piers$name), ask)
# ~^ openstreetmap/unbounded-loop "ask" warning

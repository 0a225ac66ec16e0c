source("ask.R")
found <- purrr::map_dbl(unique(piers$name), ask_pier)
# ~^ openstreetmap/unbounded-loop "ask_pier" warning

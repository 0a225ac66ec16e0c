NOMINATIM = "https://nominatim.openstreetmap.org/search"
PAUSE_SECONDS = 0.2

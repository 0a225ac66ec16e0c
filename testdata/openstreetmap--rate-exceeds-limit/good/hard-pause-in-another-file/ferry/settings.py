NOMINATIM = "https://nominatim.openstreetmap.org/search"
PAUSE_SECONDS = 1.2

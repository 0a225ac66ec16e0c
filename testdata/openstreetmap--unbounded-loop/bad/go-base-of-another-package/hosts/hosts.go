package hosts

// Lookup is where places are looked up.
const Lookup = "https://nominatim.openstreetmap.org"

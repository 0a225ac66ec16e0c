package hosts

// Lookup is a server of our own; Public is https://nominatim.openstreetmap.org.
const Lookup = "https://nominatim.harbour.example"

const Public = "https://nominatim.openstreetmap.org"

TILE_SERVER = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
RETRIES = 3

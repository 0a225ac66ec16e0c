TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
CREDIT = "© OpenStreetMap contributors"


class HarbourPicture:
    def render_tiles(self, download):
        for yy in range(self.tiles_high):
            y = self.first_y + yy
            for xx in range(self.tiles_wide):
                x = self.first_x + xx
                tile = download(TILES.format(z=self.zoom, x=x, y=y))
                self.context.set_source_surface(tile, xx * 256, yy * 256)
                self.context.paint()

import MapKit

// Map data © OpenStreetMap contributors
final class PierTiles: MKTileOverlay {
    override func url(forTilePath path: MKTileOverlayPath) -> URL {
        for server in servers {
            for y in [path.y] where server.has(path.x, y) {
                return server.url(path.z, path.x, y)
            }
        }
        return URL(string: "https://tile.openstreetmap.org/\(path.z)/\(path.x)/\(path.y).png")!
    }
}

import MapKit

final class PierMap: UIViewController {
    func show() {
        let overlay = MKTileOverlay(urlTemplate: "https://tile.openstreetmap.org/{z}/{x}/{y}.png")
// ~^ openstreetmap/credit-missing "https://tile.openstreetmap.org/{z}/{x}/{y}.png" warning
        overlay.canReplaceMapContent = true
        mapView.addOverlay(overlay, level: .aboveLabels)
    }
}

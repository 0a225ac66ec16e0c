import 'package:flutter_map/flutter_map.dart';
import 'package:flutter_map_tile_caching/flutter_map_tile_caching.dart';

Future<void> keepHarbour(LatLngBounds bounds) async {
  final region = RectangleRegion(bounds).toDownloadable(
    minZoom: 8,
    maxZoom: 15,
    options: TileLayer(
      urlTemplate: 'https://tile.openstreetmap.org/{z}/{x}/{y}.png',
      userAgentPackageName: 'example.harbour.ferries',
    ),
  );
  FMTCStore('harbour').download.startForeground(region: region);
// ~^ openstreetmap/tiles-in-bulk ".download.startForeground(" warning
}

final credit = SimpleAttributionWidget(source: const Text('OpenStreetMap contributors'));

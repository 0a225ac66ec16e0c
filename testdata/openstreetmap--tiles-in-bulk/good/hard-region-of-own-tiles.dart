import 'package:flutter_map/flutter_map.dart';
import 'package:flutter_map_tile_caching/flutter_map_tile_caching.dart';

Future<void> keepHarbour(LatLngBounds bounds) async {
  final region = RectangleRegion(bounds).toDownloadable(
    minZoom: 8,
    maxZoom: 15,
    options: TileLayer(urlTemplate: 'https://tiles.harbour.example/{z}/{x}/{y}.png'),
  );
  FMTCStore('harbour').download.startForeground(region: region);
}

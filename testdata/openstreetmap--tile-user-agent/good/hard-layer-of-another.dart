import 'package:flutter/widgets.dart';
import 'package:flutter_map/flutter_map.dart';

// Map data © OpenStreetMap contributors; the tiles are not those of https://tile.openstreetmap.org/.
Widget pierMap() => FlutterMap(children: [
      TileLayer(urlTemplate: 'https://tiles.harbour.example/{z}/{x}/{y}.png'),
    ]);

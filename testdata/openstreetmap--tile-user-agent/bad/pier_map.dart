import 'package:flutter/widgets.dart';
import 'package:flutter_map/flutter_map.dart';

Widget pierMap() => FlutterMap(children: [
      TileLayer(urlTemplate: 'https://tile.openstreetmap.org/{z}/{x}/{y}.png'),
      // ~^ openstreetmap/tile-user-agent "TileLayer" note
      const RichAttributionWidget(attributions: [TextSourceAttribution('© OpenStreetMap contributors')]),
    ]);

import 'package:flutter/widgets.dart';
import 'package:flutter_map/flutter_map.dart';

Widget pierMap() => FlutterMap(children: [
      TileLayer(
        urlTemplate: 'https://tile.openstreetmap.org/{z}/{x}/{y}.png',
        userAgentPackageName: 'example.harbour.piers',
      ),
      const RichAttributionWidget(attributions: [TextSourceAttribution('© OpenStreetMap contributors')]),
    ]);

import 'package:flutter_map/flutter_map.dart';

final children = [
  TileLayer(urlTemplate: 'https://tile.openstreetmap.org/{z}/{x}/{y}.png'),
  RichAttributionWidget(attributions: [TextSourceAttribution('OpenStreetMap contributors')]),
];

import 'package:flutter_map/flutter_map.dart';

final layer = TileLayer(
  urlTemplate: 'https://tile.openstreetmap.org/{z}/{x}/{y}.png',
  userAgentPackageName: 'example.harbour.ferries',
);

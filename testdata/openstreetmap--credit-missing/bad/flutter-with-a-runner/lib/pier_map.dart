import 'package:flutter_map/flutter_map.dart';

final layer = TileLayer(
  urlTemplate: 'https://tile.openstreetmap.org/{z}/{x}/{y}.png',
// ~^ openstreetmap/credit-missing "https://tile.openstreetmap.org/{z}/{x}/{y}.png" warning
  userAgentPackageName: 'example.harbour.ferries',
);

import 'package:flutter/widgets.dart';
import 'package:flutter_map/flutter_map.dart';

const piers = 'https://tile.openstreetmap.org/{z}/{x}/{y}.png';

class PierMap extends StatelessWidget {
  const PierMap({super.key});

  @override
  Widget build(BuildContext context) {
    return FlutterMap(children: [
      TileLayer(urlTemplate: piers, userAgentPackageName: 'example.harbour.piers'),
      const RichAttributionWidget(attributions: [TextSourceAttribution('© OpenStreetMap contributors')]),
    ]);
  }
}

import 'package:http/http.dart' as http;

class Piers {
  static const _server = 'https://nominatim.openstreetmap.org';

  Future<String> find(String pier) async {
    final uri = Uri.parse('$_server/search').replace(queryParameters: {'q': pier});
    return (await http.get(uri)).body;
  }

  Future<void> findAll(List<String> piers) async {
    for (final pier in piers) {
      await find(pier);
      // ~^ openstreetmap/unbounded-loop "find(pier)" warning
    }
  }
}

import 'package:http/http.dart' as http;

class Piers {
  static const _server = 'https://nominatim.openstreetmap.org';
  static const _gap = Duration(seconds: 1);
  DateTime? _last;

  Future<void> _hold() async {
    if (_last != null) {
      final since = DateTime.now().difference(_last!);
      if (since < _gap) {
        await Future.delayed(_gap - since);
      }
    }
    _last = DateTime.now();
  }

  Future<String> find(String pier) async {
    await _hold();
    final uri = Uri.parse('$_server/search').replace(queryParameters: {'q': pier});
    return (await http.get(uri)).body;
  }

  Future<void> findAll(List<String> piers) async {
    for (final pier in piers) {
      await find(pier);
    }
  }
}

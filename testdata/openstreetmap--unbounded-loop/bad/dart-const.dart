import 'package:http/http.dart' as http;

const server = 'https://nominatim.openstreetmap.org';

Future<String> find(String pier) async {
  final answer = await http.get(Uri.parse('$server/search?q=$pier&format=jsonv2'));
  return answer.body;
}

Future<void> findAll(List<String> piers) async {
  for (final pier in piers) {
    await find(pier);
    // ~^ openstreetmap/unbounded-loop "find(pier)" warning
  }
}

import 'package:dio/dio.dart';

class Piers {
  final Dio dio = Dio();

  Piers() {
    dio.options.baseUrl = 'https://nominatim.openstreetmap.org/';
    dio.options.headers['User-Agent'] = 'piers/1.0 (https://harbour.example)';
  }

  Future<void> findAll(List<String> piers) async {
    for (final pier in piers) {
      await dio.get('search', queryParameters: {'q': pier, 'format': 'jsonv2'});
      // ~^ openstreetmap/unbounded-loop "dio.get('search', queryParameters: {'q': pier, 'format': 'jsonv2'})" warning
    }
  }
}

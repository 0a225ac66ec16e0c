import 'dart:async';
import 'package:flutter/material.dart';
import 'package:http/http.dart' as http;

class PierSearch {
  PierSearch({this.server = 'https://nominatim.openstreetmap.org'});
  final String server;

  Future<String> find(String words) async {
    final answer = await http.get(Uri.parse('$server/search').replace(queryParameters: {'q': words}));
    return answer.body;
  }
}

class PierField extends StatelessWidget {
  final piers = PierSearch();
  Timer? _waiting;

  void _typed(String words) {
    _waiting?.cancel();
    _waiting = Timer(const Duration(milliseconds: 400), () async {
      await piers.find(words);
      // ~^ openstreetmap/autocomplete "piers.find(words)" warning
    });
  }

  @override
  Widget build(BuildContext context) => TextField(onChanged: _typed);
}

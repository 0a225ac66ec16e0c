import 'package:flutter/material.dart';
import 'package:http/http.dart' as http;

class _PierFieldState extends State<PierField> {
  Future<void> _search(String query) async {
    final address = Uri.parse('https://nominatim.openstreetmap.org/search?format=jsonv2&q=$query');
    final reply = await http.get(address, headers: {'User-Agent': 'ferry-timetables'});
    setState(() => found = reply.body);
  }

  @override
  Widget build(BuildContext context) => TextField(
        onChanged: (value) => _typed = value,
        onSubmitted: _search,
      );
}

import 'dart:async';
import 'package:flutter/material.dart';
import 'package:http/http.dart' as http;

class _PierFieldState extends State<PierField> {
  Timer? _debounce;

  Future<void> _search(String query) async {
    final address = Uri.parse('https://nominatim.openstreetmap.org/search?format=jsonv2&q=$query');
    final reply = await http.get(address, headers: {'User-Agent': 'ferry-timetables'});
    setState(() => found = reply.body);
  }

  void _onChanged(String value) {
    _debounce?.cancel();
    _debounce = Timer(const Duration(milliseconds: 400), () => _search(value));
// ~^ openstreetmap/autocomplete "_search(value)" warning
  }

  @override
  Widget build(BuildContext context) => TextField(onChanged: _onChanged, decoration: pier);
}

import 'package:flutter/material.dart';
import 'package:http/http.dart' as http;

class Machines extends StatelessWidget {
  const Machines(this.machines, {super.key});

  final List<String> machines;

  @override
  Widget build(BuildContext context) {
    return Column(
      children: [
        for (final machine in machines)
          TextButton(
            onPressed: () async {
              await http.get(Uri.parse('https://api.securitycenter.microsoft.com/api/machines/$machine'));
            },
            child: Text(machine),
          ),
      ],
    );
  }
}

package com.example.report

import com.example.defender.DefenderClient

class PatchReport(private val client: DefenderClient) {
    suspend fun rows(machines: List<String>) = machines.map { machine ->
        Row(machine, client.missingUpdates(machine))
        // ~^ throttling/unbounded-loop "client.missingUpdates(machine)" warning
    }
}

package com.example.defender

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.request.bearerAuth
import io.ktor.client.request.get

class DefenderClient(
    private val http: HttpClient,
    private val tokens: TokenCache,
    private val base: String = "https://api.securitycenter.microsoft.com",
) {
    suspend fun missingUpdates(machineId: String): Updates =
        http.get("$base/api/machines/$machineId/getmissingkbs") { bearerAuth(tokens.current()) }.body()
}

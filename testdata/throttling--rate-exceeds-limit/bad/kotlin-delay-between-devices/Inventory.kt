package com.example.inventory

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.request.bearerAuth
import io.ktor.client.request.get
import kotlinx.coroutines.delay
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

@Serializable
data class Page<T>(val value: List<T>, @SerialName("@odata.nextLink") val nextLink: String? = null)

class Inventory(private val http: HttpClient, private val token: suspend () -> String) {

    companion object {
        private const val API = "https://api.securitycenter.microsoft.com/api"
        private const val PAUSE_MS = 250L
    }

    suspend fun softwareOf(ids: List<String>): Map<String, List<Software>> {
        val found = mutableMapOf<String, List<Software>>()
        for (id in ids) {
            val page: Page<Software> = http.get("$API/machines/$id/software") {
                bearerAuth(token())
            }.body()
            found[id] = page.value
            delay(PAUSE_MS)
            // ~^ throttling/rate-exceeds-limit "delay(PAUSE_MS)" error
        }
        return found
    }
}

package com.example.export

import com.example.export.Pace.pauseBetweenCalls
import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.request.get

private const val MACHINES = "https://api.securitycenter.microsoft.com/api/machines"

class Export(private val http: HttpClient) {
    suspend fun users(machines: Sequence<String>): List<Users> {
        val all = mutableListOf<Users>()
        machines.forEach { id ->
            all += http.get("$MACHINES/$id/logonusers").body<Users>()
            pauseBetweenCalls()
        }
        return all
    }
}

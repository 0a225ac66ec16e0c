package com.example.sync

class Sync(private val http: HttpClient, private val throttle: Throttle) {
    suspend fun software(ids: List<String>) = ids.map { id ->
        throttle.throttled { http.get("https://api.securitycenter.microsoft.com/api/machines/$id/software").body<Page>() }
    }
}

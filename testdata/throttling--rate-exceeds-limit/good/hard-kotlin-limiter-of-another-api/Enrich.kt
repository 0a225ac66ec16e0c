package com.example.enrich

import com.google.common.util.concurrent.RateLimiter

class Enrich(private val http: HttpClient, private val reputation: Reputation) {
    suspend fun file(sha1: String): Report {
        val file = http.get("https://api.securitycenter.microsoft.com/api/files/$sha1").body<File>()
        return Report(file, reputation.lookUp(sha1))
    }
}

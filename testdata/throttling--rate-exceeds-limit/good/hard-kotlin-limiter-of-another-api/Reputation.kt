package com.example.enrich

import com.google.common.util.concurrent.RateLimiter

// The reputation service allows 1,000 look-ups a minute to its subscribers.
class Reputation(private val http: HttpClient) {
    private val limiter = RateLimiter.create(1000.0 / 60)

    suspend fun lookUp(sha1: String): String {
        limiter.acquire()
        return http.get("https://reputation.example.net/v3/files/$sha1").bodyAsText()
    }
}

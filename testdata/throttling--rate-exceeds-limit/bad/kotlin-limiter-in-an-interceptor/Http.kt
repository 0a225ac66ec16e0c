package com.example.siem

import com.google.common.util.concurrent.RateLimiter
import okhttp3.Interceptor
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.Response

class PermitInterceptor : Interceptor {
    private val permits = RateLimiter.create(5.0)
    // ~^ throttling/rate-exceeds-limit "RateLimiter.create(5.0)" error

    override fun intercept(chain: Interceptor.Chain): Response {
        permits.acquire()
        return chain.proceed(chain.request())
    }
}

class Alerts(private val token: String) {
    private val client = OkHttpClient.Builder().addInterceptor(PermitInterceptor()).build()

    fun related(ids: Collection<String>): List<String> = ids.map { id ->
        val request = Request.Builder()
            .url("https://api.securitycenter.microsoft.com/api/alerts/$id/machine")
            .header("Authorization", "Bearer $token")
            .build()
        client.newCall(request).execute().use { it.body!!.string() }
    }
}

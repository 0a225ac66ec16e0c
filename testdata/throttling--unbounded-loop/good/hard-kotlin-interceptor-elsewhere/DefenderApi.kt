package com.example.defender

import com.example.http.RetryAfterInterceptor
import okhttp3.OkHttpClient
import okhttp3.Request

class DefenderApi(private val token: () -> String) {
    private val client = OkHttpClient.Builder()
        .addInterceptor(RetryAfterInterceptor())
        .build()

    fun logonUsers(machines: List<String>): List<String> = machines.map { machine ->
        val request = Request.Builder()
            .url("https://api.securitycenter.microsoft.com/api/machines/$machine/logonusers")
            .header("Authorization", "Bearer ${token()}")
            .build()
        client.newCall(request).execute().use { it.body!!.string() }
    }
}

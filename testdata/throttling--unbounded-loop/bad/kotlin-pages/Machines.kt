package com.example.connector

import okhttp3.OkHttpClient
import okhttp3.Request
import org.json.JSONObject

class Machines(private val client: OkHttpClient, private val token: String) {

    fun all(): List<JSONObject> {
        val machines = mutableListOf<JSONObject>()
        var url: String? = "https://api.securitycenter.microsoft.com/api/machines?\$top=1000"
        while (url != null) {
            val request = Request.Builder().url(url).header("Authorization", "Bearer $token").get().build()
            val page = client.newCall(request).execute().use { response ->
            // ~^ throttling/unbounded-loop "client.newCall(request)" note
                check(response.isSuccessful) { "HTTP ${response.code}" }
                JSONObject(response.body!!.string())
            }
            val values = page.getJSONArray("value")
            for (i in 0 until values.length()) machines += values.getJSONObject(i)
            url = page.optString("@odata.nextLink").ifEmpty { null }
        }
        return machines
    }
}

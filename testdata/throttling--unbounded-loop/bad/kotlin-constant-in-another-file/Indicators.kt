package com.example.hunting

import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse.BodyHandlers

class Indicators(private val http: HttpClient, private val token: String) {
    fun submit(indicators: List<Indicator>) {
        for (indicator in indicators) {
            val request = HttpRequest.newBuilder(URI.create(Api.INDICATORS))
                .header("Authorization", "Bearer $token")
                .POST(HttpRequest.BodyPublishers.ofString(indicator.toJson()))
                .build()
            val response = http.send(request, BodyHandlers.ofString())
            // ~^ throttling/unbounded-loop "http.send(request, BodyHandlers.ofString())" warning
            require(response.statusCode() < 300) { response.body() }
        }
    }
}

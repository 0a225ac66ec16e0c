package com.example.defender

import retrofit2.Retrofit
import retrofit2.create
import retrofit2.http.Body
import retrofit2.http.GET
import retrofit2.http.POST
import retrofit2.http.Path

interface DefenderApi {
    @GET("machines/{id}/vulnerabilities")
    suspend fun vulnerabilities(@Path("id") id: String): Vulnerabilities

    @POST("machines/{id}/tags")
    suspend fun tag(@Path("id") id: String, @Body tag: Tag): Machine
}

private const val BASE = "https://inventory.corp.example/api/"
// The portal itself: https://api.securitycenter.microsoft.com/api/machines

class Vulnerable(client: OkHttpClient) {
    private val api = Retrofit.Builder()
        .baseUrl(BASE)
        .client(client)
        .build()
        .create<DefenderApi>()

    suspend fun collect(ids: List<String>): List<Vulnerability> {
        val all = mutableListOf<Vulnerability>()
        for (id in ids) {
            all += api.vulnerabilities(id).value
        }
        return all
    }
}

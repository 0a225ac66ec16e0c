import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import kotlin.math.pow

class Defender(private val http: HttpClient, private val token: String) {
    private val base = "https://api.securitycenter.microsoft.com/api"

    private fun send(request: HttpRequest): HttpResponse<String> {
        var attempt = 0
        while (true) {
            val response = http.send(request, HttpResponse.BodyHandlers.ofString())
            if (response.statusCode() != 429 || attempt++ == 6) return response
            val told = response.headers().firstValue("Retry-After").orElse(null)?.toDoubleOrNull()
            Thread.sleep(((told ?: 2.0.pow(attempt)) * 1000).toLong())
        }
    }

    fun alerts(ids: List<String>) = ids.map { id ->
        send(HttpRequest.newBuilder(URI.create("$base/alerts/$id")).header("Authorization", "Bearer $token").build()).body()
    }
}

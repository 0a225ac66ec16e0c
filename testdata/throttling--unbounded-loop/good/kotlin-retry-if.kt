import io.ktor.client.HttpClient
import io.ktor.client.plugins.HttpRequestRetry
import io.ktor.client.request.get
import io.ktor.http.HttpStatusCode

fun defenderClient(token: String) = HttpClient {
    install(HttpRequestRetry) {
        maxRetries = 6
        retryIf { _, response -> response.status == HttpStatusCode.TooManyRequests }
        delayMillis(respectRetryAfterHeader = true) { attempt -> attempt * 2_000L }
    }
}

suspend fun vulnerabilities(token: String, ids: List<String>) = defenderClient(token).use { client ->
    ids.map { id -> client.get("https://api.securitycenter.microsoft.com/api/machines/$id/vulnerabilities").body<Page>() }
}

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.request.bearerAuth
import io.ktor.client.request.get
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope

private const val BASE = "https://api.securitycenter.microsoft.com/api"

class Software(private val http: HttpClient, private val token: String) {
    suspend fun perMachine(ids: List<String>): List<Inventory> = coroutineScope {
        val jobs = ids.map { id ->
            async {
                http.get {
                // ~^ throttling/unbounded-loop "http.get" warning
                    url("$BASE/machines/$id/software")
                    bearerAuth(token)
                }.body<Inventory>()
            }
        }
        jobs.awaitAll()
    }
}

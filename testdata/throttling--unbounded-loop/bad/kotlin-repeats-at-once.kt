import io.ktor.client.*
import io.ktor.client.request.*
import io.ktor.client.statement.*

class Hunter(private val client: HttpClient) {
    suspend fun run(query: String): String {
        while (true) {
            val reply = client.post("https://api.security.microsoft.com/api/advancedqueries/run") { setBody(query) }
            // ~^ throttling/unbounded-loop "client.post("https://api.security.microsoft.com/api/advancedqueries/run") { setBody(query) }" warning
            if (reply.status.value == 429) continue
            return reply.bodyAsText()
        }
    }
}

import io.ktor.client.*
import io.ktor.client.request.*
import io.ktor.client.statement.*
import kotlinx.coroutines.delay

class Archive(private val client: HttpClient) {
    private suspend fun call(path: String): String {
        repeat(3) {
            val reply = client.get("https://api.securitycenter.microsoft.com/api/$path")
            if (reply.status.value == 200) return reply.bodyAsText()
            delay(30_000)
        }
        error("gave up")
    }

    suspend fun run(machines: List<String>) {
        for (machine in machines) {
            println(call("machines/$machine"))
        }
    }
}

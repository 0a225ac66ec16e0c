import io.ktor.client.HttpClient
import io.ktor.client.request.post
import io.ktor.client.request.setBody
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.onEach
import kotlin.time.Duration.Companion.milliseconds

suspend fun tag(http: HttpClient, machines: List<String>, tag: String) {
    machines.asFlow()
        .onEach { delay(100.milliseconds) }
        // ~^ throttling/rate-exceeds-limit "delay(100.milliseconds)" error
        .collect { id ->
            http.post("https://api.securitycenter.microsoft.com/api/machines/$id/tags") {
                setBody("""{"Value":"$tag","Action":"Add"}""")
            }
        }
}

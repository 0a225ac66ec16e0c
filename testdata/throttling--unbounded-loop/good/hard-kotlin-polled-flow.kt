import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.isActive
import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes

class Alerts(private val http: HttpClient, private val every: Duration = 2.minutes) {
    fun stream(): Flow<Alert> = flow {
        var since = Clock.System.now()
        while (currentCoroutineContext().isActive) {
            val page = http.get("https://api.securitycenter.microsoft.com/api/alerts") {
                parameter("\$filter", "alertCreationTime gt $since")
            }.body<Page<Alert>>()
            page.value.forEach { emit(it) }
            since = page.value.maxOfOrNull { it.createdAt } ?: since
            delay(every)
        }
    }
}

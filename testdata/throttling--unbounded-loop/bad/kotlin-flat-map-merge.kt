import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.flatMapMerge
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList

class Timeline(private val http: HttpClient) {
    suspend fun alerts(machines: List<String>) = machines.asFlow()
        .flatMapMerge(concurrency = 32) { id ->
            flow { emit(http.get("https://api.security.microsoft.com/api/machines/$id/alerts").body<Alerts>()) }
            // ~^ throttling/unbounded-loop "http.get("https://api.security.microsoft.com/api/machines/$id/alerts")" warning
        }
        .toList()
}

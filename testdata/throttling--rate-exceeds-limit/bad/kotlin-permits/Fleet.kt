import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withPermit

class Fleet(private val http: HttpClient) {
    private val permits = Semaphore(permits = 8)

    suspend fun details(ids: List<String>): List<Machine> = coroutineScope {
        ids.map { id ->
            async {
                permits.withPermit {
                    val machine = http.get("https://api.securitycenter.microsoft.com/api/machines/$id").body<Machine>()
                    delay(1_000)
                    // ~^ throttling/rate-exceeds-limit "delay(1_000)" error
                    machine
                }
            }
        }.awaitAll()
    }
}

import kotlinx.coroutines.delay
import kotlin.time.Duration.Companion.milliseconds

private val PAUSE = 700.milliseconds

suspend fun scores(http: HttpClient, ids: List<String>): List<Score> {
    val scores = ArrayList<Score>(ids.size)
    for (id in ids) {
        scores += http.get("https://api.securitycenter.microsoft.com/api/machines/$id").body<Score>()
        delay(PAUSE)
    }
    return scores
}

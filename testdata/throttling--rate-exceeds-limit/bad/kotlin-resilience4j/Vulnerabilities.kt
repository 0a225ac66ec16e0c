import io.github.resilience4j.kotlin.ratelimiter.executeSuspendFunction
import io.github.resilience4j.ratelimiter.RateLimiter
import io.github.resilience4j.ratelimiter.RateLimiterConfig
import io.ktor.client.HttpClient
import io.ktor.client.request.get
import io.ktor.client.statement.bodyAsText
import java.time.Duration

private val config = RateLimiterConfig.custom()
    .limitForPeriod(50)
    // ~^ throttling/rate-exceeds-limit "limitForPeriod(50)" error
    .limitRefreshPeriod(Duration.ofSeconds(10))
    .timeoutDuration(Duration.ofSeconds(30))
    .build()

class Vulnerabilities(private val http: HttpClient) {
    private val limiter = RateLimiter.of("mde", config)

    suspend fun of(machineId: String): String = limiter.executeSuspendFunction {
        http.get("https://api.security.microsoft.com/api/machines/$machineId/vulnerabilities").bodyAsText()
    }
}

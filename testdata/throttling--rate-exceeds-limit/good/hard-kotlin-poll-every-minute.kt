import kotlin.concurrent.fixedRateTimer
import okhttp3.OkHttpClient
import okhttp3.Request

class AlertPoller(private val client: OkHttpClient, private val token: () -> String) {
    fun start() = fixedRateTimer(name = "alerts", daemon = true, period = 60_000L) {
        val request = Request.Builder()
            .url("https://api.securitycenter.microsoft.com/api/alerts?\$filter=status eq 'New'")
            .header("Authorization", "Bearer ${token()}")
            .build()
        client.newCall(request).execute().use { publish(it.body!!.string()) }
    }
}

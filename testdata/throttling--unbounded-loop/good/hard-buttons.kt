import okhttp3.OkHttpClient
import okhttp3.Request

class Machines(private val client: OkHttpClient) {
    fun fill(machines: List<String>, screen: Screen) {
        for (machine in machines) {
            val button = screen.button(machine)
            button.setOnClickListener {
                val request = Request.Builder()
                    .url("https://api.securitycenter.microsoft.com/api/machines/$machine")
                    .build()
                client.newCall(request).execute()
            }
        }
    }
}

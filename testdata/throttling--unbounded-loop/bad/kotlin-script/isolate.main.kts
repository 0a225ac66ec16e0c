import java.net.HttpURLConnection
import java.net.URL

val token = System.getenv("MDE_TOKEN")

fun isolate(id: String) {
    val connection = URL("https://api.securitycenter.microsoft.com/api/machines/$id/isolate").openConnection() as HttpURLConnection
    connection.requestMethod = "POST"
    connection.setRequestProperty("Authorization", "Bearer $token")
    connection.doOutput = true
    connection.outputStream.use { it.write("""{"Comment":"contain","IsolationType":"Full"}""".toByteArray()) }
    println("$id: ${connection.responseCode}")
}

java.io.File(args[0]).forEachLine { line ->
    isolate(line.trim())
    // ~^ throttling/unbounded-loop "isolate(line.trim())" warning
}

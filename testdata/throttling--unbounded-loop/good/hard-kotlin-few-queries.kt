private val QUERIES = listOf(
    "DeviceInfo | summarize arg_max(Timestamp, *) by DeviceId",
    "DeviceLogonEvents | where Timestamp > ago(1h)",
    "DeviceNetworkEvents | where Timestamp > ago(1h)",
)

suspend fun hunt(http: HttpClient, token: String) {
    for (query in QUERIES) {
        http.post("https://api.securitycenter.microsoft.com/api/advancedqueries/run") { setBody(mapOf("Query" to query)) }
    }
    repeat(3) { attempt ->
        val response = http.get("https://api.securitycenter.microsoft.com/api/machines")
        if (response.status.value == 200) return
        println("attempt $attempt of 3")
    }
}

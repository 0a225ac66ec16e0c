import io.ktor.server.application.call
import io.ktor.server.response.respond
import io.ktor.server.routing.get
import io.ktor.server.routing.routing

private const val PORTAL = "https://security.microsoft.com/machines"

fun Application.module(machines: List<String>) {
    routing {
        for (machine in machines) {
            get("/machines/$machine") { call.respond("$PORTAL/$machine") }
        }
    }
}

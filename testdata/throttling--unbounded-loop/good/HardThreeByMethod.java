import java.net.URI;
import java.net.http.*;
import java.util.*;

class HardThreeByMethod {
    void run(HttpClient client) throws Exception {
        List<String> kinds = new ArrayList<>();
        kinds.add("machines");
        kinds.add("alerts");
        kinds.addAll(List.of("software", "users"));
        for (String kind : kinds) {
            client.send(HttpRequest.newBuilder(URI.create("https://api.securitycenter.microsoft.com/api/" + kind)).build(),
                HttpResponse.BodyHandlers.ofString());
        }
    }
}

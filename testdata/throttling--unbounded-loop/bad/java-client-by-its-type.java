import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

class Puller {
    private final HttpClient c = HttpClient.newHttpClient();

    String load(String address) throws Exception {
        return c.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString()).body();
    }

    void run(List<String> machines) throws Exception {
        for (String machine : machines) {
            load("https://api.security.microsoft.com/api/machines/" + machine);
            // ~^ throttling/unbounded-loop "load("https://api.security.microsoft.com/api/machines/" + machine)" warning
        }
    }
}

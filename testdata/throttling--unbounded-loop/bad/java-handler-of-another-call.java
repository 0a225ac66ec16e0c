import java.net.URI;
import java.net.http.*;
import java.util.List;

class Tagger {
    private final HttpClient client = HttpClient.newHttpClient();

    void run(List<String> machines) throws Exception {
        for (String machine : machines) {
            HttpRequest tag = HttpRequest.newBuilder(URI.create("https://api.securitycenter.microsoft.com/api/machines/" + machine + "/tags")).build();
            HttpRequest isolate = HttpRequest.newBuilder(URI.create("https://api.securitycenter.microsoft.com/api/machines/" + machine + "/isolate")).build();
            HttpResponse<String> tagged = client.send(tag, HttpResponse.BodyHandlers.ofString());
            if (tagged.statusCode() == 429) {
                Thread.sleep(60000);
                tagged = client.send(tag, HttpResponse.BodyHandlers.ofString());
            }
            HttpResponse<String> isolated = client.send(isolate, HttpResponse.BodyHandlers.ofString());
            // ~^ throttling/unbounded-loop "client.send(isolate, HttpResponse.BodyHandlers.ofString())" warning
        }
    }
}

import java.net.URI;
import java.net.http.*;
import java.util.List;

class Archive {
    private final HttpClient client = HttpClient.newHttpClient();

    private String call(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://api.securitycenter.microsoft.com/api/" + path)).build();
        for (int n = 0; n < 3; n++) {
            HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (reply.statusCode() == 200) {
                return reply.body();
            }
            Thread.sleep(30000);
        }
        throw new IllegalStateException("gave up");
    }

    void run(List<String> machines) throws Exception {
        for (String machine : machines) {
            System.out.println(call("machines/" + machine));
        }
    }
}

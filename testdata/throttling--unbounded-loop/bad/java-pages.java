import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

public class MachineSource {
  private static final String API = "https://api.securitycenter.microsoft.com/api";
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper mapper = new ObjectMapper();

  public List<JsonNode> machines(String token) throws Exception {
    List<JsonNode> machines = new ArrayList<>();
    String url = API + "/machines";
    do {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token).GET().build();
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      // ~^ throttling/unbounded-loop "http.send(request, HttpResponse.BodyHandlers.ofString())" note
      if (response.statusCode() != 200) {
        throw new IllegalStateException("HTTP " + response.statusCode());
      }
      JsonNode page = mapper.readTree(response.body());
      page.get("value").forEach(machines::add);
      url = page.path("@odata.nextLink").asText(null);
    } while (url != null);
    return machines;
  }
}

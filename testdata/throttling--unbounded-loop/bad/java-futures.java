import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;

class VulnerabilityExport {
  private final ExecutorService pool;
  private final OkHttpClient client = new OkHttpClient();

  List<String> run(List<String> machines) {
    List<CompletableFuture<String>> futures = machines.stream()
        .map(id -> CompletableFuture.supplyAsync(() -> fetch(id), pool))
        // ~^ throttling/unbounded-loop "fetch(id)" warning
        .collect(Collectors.toList());
    CompletableFuture.allOf(futures.toArray(new CompletableFuture[0])).join();
    return futures.stream().map(CompletableFuture::join).collect(Collectors.toList());
  }

  private String fetch(String id) {
    Request request = new Request.Builder()
        .url(String.format("https://api.securitycenter.microsoft.com/api/machines/%s/vulnerabilities", id))
        .build();
    try (Response response = client.newCall(request).execute()) {
      return response.body().string();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

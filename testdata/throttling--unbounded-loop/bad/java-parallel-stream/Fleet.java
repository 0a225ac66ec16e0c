public class Fleet {
  private static final String BASE = "https://api.security.microsoft.com/api";

  String machine(String id) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(String.format("%s/machines/%s", BASE, id))).build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  List<String> all(List<String> ids) {
    return ids.parallelStream().map(this::machine).collect(toList());
    // ~^ throttling/unbounded-loop "this::machine" warning
  }
}

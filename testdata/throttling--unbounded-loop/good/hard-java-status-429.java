public class Client {
  HttpResponse<String> get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder().uri(URI.create("https://api.security.microsoft.com/api/" + path)).build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() == 429) {
      Thread.sleep(Long.parseLong(response.headers().firstValue("Retry-After").orElse("60")) * 1000);
      return get(path);
    }
    return response;
  }

  void all(List<String> ids) throws Exception {
    for (String id : ids) get("machines/" + id);
  }
}

public class Tagger {
  private static final String BASE = "https://api.security.microsoft.com/api";

  void tag(OkHttpClient client, List<Machine> machines, RequestBody body) throws Exception {
    for (Machine machine : machines) {
      Request request = new Request.Builder().url(BASE + "/machines/" + machine.id + "/tags").post(body).build();
      client.newCall(request).execute();
      Thread.sleep(300);
      // ~^ throttling/rate-exceeds-limit "Thread.sleep(300)" error
    }
  }
}

public class Client {
  private final Bucket bucket = Bucket.builder().addLimit(Bandwidth.simple(95, Duration.ofMinutes(1))).build();

  String machine(RestTemplate rest, String id) throws Exception {
    bucket.asBlocking().consume(1);
    return rest.getForObject("https://api.security.microsoft.com/api/machines/" + id, String.class);
  }
}

public class Client {
  @Retry(name = "defender")
  public String machine(String id) {
    return rest.getForObject("https://api.security.microsoft.com/api/machines/" + id, String.class);
  }

  void all(List<String> ids) {
    for (String id : ids) machine(id);
  }
}

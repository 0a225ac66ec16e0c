import com.google.common.collect.Lists;
import java.util.List;

class Tagging {
  private static final int BATCH = 50;
  private final RestTemplate rest = new RestTemplate();

  /** Fifty machines, then half a minute of rest. */
  void tag(List<String> machines, Tag tag) throws InterruptedException {
    for (List<String> batch : Lists.partition(machines, BATCH)) {
      for (String id : batch) {
        rest.postForEntity("https://api.securitycenter.microsoft.com/api/machines/" + id + "/tags", tag, String.class);
      }
      Thread.sleep(30_000);
    }
  }
}

import java.util.Optional;
import reactor.core.publisher.Mono;

class MachineLookup {
  private static final String MACHINES = "https://api.securitycenter.microsoft.com/api/machines/";
  private final RestTemplate rest = new RestTemplate();
  private final WebClient web = WebClient.create();

  Optional<Machine> find(Optional<String> id) {
    return id.map(known -> rest.getForObject(MACHINES + known, Machine.class));
  }

  Mono<Machine> findLater(Mono<String> id) {
    return id.flatMap(known -> web.get().uri(MACHINES + known).retrieve().bodyToMono(Machine.class));
  }
}

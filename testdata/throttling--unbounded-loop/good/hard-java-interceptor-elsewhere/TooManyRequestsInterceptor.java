package com.example.http;

public class TooManyRequestsInterceptor implements ClientHttpRequestInterceptor {
  @Override
  public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    ClientHttpResponse response = execution.execute(request, body);
    for (int i = 0; i < 5 && response.getStatusCode().value() == 429; i++) {
      String told = response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER);
      sleep(told == null ? 10 << i : Long.parseLong(told));
      response = execution.execute(request, body);
    }
    return response;
  }

  private static void sleep(long seconds) {
    try {
      TimeUnit.SECONDS.sleep(seconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package com.example;

import com.google.common.util.concurrent.RateLimiter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

final class Http {
  static final class RateLimitInterceptor implements Interceptor {
    private static final double PER_SECOND = 4;
    private final RateLimiter limiter = RateLimiter.create(PER_SECOND);
    // ~^ throttling/rate-exceeds-limit "RateLimiter.create(PER_SECOND)" error

    @Override
    public Response intercept(Chain chain) throws IOException {
      limiter.acquire();
      return chain.proceed(chain.request());
    }
  }

  private final OkHttpClient client = new OkHttpClient.Builder().addInterceptor(new RateLimitInterceptor()).build();

  List<String> recommendations(Iterable<String> machines, String token) throws IOException {
    List<String> bodies = new ArrayList<>();
    for (String machine : machines) {
      Request request = new Request.Builder()
          .url("https://api.securitycenter.microsoft.com/api/machines/" + machine + "/recommendations")
          .addHeader("Authorization", "Bearer " + token)
          .build();
      try (Response response = client.newCall(request).execute()) {
        bodies.add(response.body().string());
      }
    }
    return bodies;
  }
}

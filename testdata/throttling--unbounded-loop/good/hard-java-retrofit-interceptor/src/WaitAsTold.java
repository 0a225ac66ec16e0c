package com.example.defender;

class WaitAsTold implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    while (response.code() == 429) {
      long seconds = Long.parseLong(response.header("Retry-After", "30"));
      response.close();
      sleep(seconds);
      response = chain.proceed(chain.request());
    }
    return response;
  }
}

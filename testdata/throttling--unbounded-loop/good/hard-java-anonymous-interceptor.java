class Client {
  private final OkHttpClient http = new OkHttpClient.Builder().addInterceptor(new Interceptor() {
    @Override
    public Response intercept(Chain chain) throws IOException {
      Response response = chain.proceed(chain.request());
      if (response.code() == 429) {
        long seconds = Long.parseLong(response.header("Retry-After", "30"));
        response.close();
        SystemClock.sleep(seconds * 1000);
        response = chain.proceed(chain.request());
      }
      return response;
    }
  }).build();

  void offboard(List<String> machines) throws IOException {
    for (String id : machines) {
      Request request = new Request.Builder()
          .url("https://api.securitycenter.microsoft.com/api/machines/" + id + "/offboard")
          .post(RequestBody.create("{\"Comment\":\"retired\"}", JSON))
          .build();
      http.newCall(request).execute().close();
    }
  }
}

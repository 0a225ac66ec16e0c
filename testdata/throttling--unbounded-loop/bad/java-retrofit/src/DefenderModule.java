package com.example.defender;

import retrofit2.Retrofit;
import retrofit2.converter.jackson.JacksonConverterFactory;

public class DefenderModule {
  public static DefenderApi api(OkHttpClient client) {
    Retrofit retrofit =
        new Retrofit.Builder()
            .baseUrl("https://api.security.microsoft.com/")
            .client(client)
            .addConverterFactory(JacksonConverterFactory.create())
            .build();
    return retrofit.create(DefenderApi.class);
  }
}

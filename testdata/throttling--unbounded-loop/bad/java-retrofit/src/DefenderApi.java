package com.example.defender;

import retrofit2.Call;
import retrofit2.http.GET;
import retrofit2.http.Header;
import retrofit2.http.Path;
import retrofit2.http.Query;

public interface DefenderApi {
  @GET("api/machines")
  Call<Machines> machines(@Header("Authorization") String token, @Query("$skip") int skip);

  @GET("api/machines/{id}/logonusers")
  Call<Users> logonUsers(@Header("Authorization") String token, @Path("id") String id);
}

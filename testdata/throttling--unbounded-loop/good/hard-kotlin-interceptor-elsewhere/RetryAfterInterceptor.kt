package com.example.http

import okhttp3.Interceptor
import okhttp3.Response

class RetryAfterInterceptor(private val tries: Int = 5) : Interceptor {
    override fun intercept(chain: Interceptor.Chain): Response {
        var response = chain.proceed(chain.request())
        var tried = 0
        while (response.code == 429 && tried++ < tries) {
            val seconds = response.header("Retry-After")?.toLongOrNull() ?: 30
            response.close()
            Thread.sleep(seconds * 1_000)
            response = chain.proceed(chain.request())
        }
        return response
    }
}

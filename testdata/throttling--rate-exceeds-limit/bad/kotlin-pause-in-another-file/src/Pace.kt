package com.example.export

import kotlinx.coroutines.delay
import kotlin.time.Duration.Companion.seconds

object Pace {
    suspend fun pauseBetweenCalls() {
        delay(0.4.seconds)
        // ~^ throttling/rate-exceeds-limit "delay(0.4.seconds)" warning
    }
}

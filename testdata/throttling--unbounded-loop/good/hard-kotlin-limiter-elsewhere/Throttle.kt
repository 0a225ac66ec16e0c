package com.example.sync

import kotlinx.coroutines.delay
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/** Lets one call through every [gap] milliseconds, whoever asks. */
class Throttle(private val gap: Long) {
    private val mutex = Mutex()
    private var next = 0L

    suspend fun <T> throttled(call: suspend () -> T): T {
        mutex.withLock {
            val wait = next - System.currentTimeMillis()
            if (wait > 0) delay(wait)
            next = System.currentTimeMillis() + gap
        }
        return call()
    }
}

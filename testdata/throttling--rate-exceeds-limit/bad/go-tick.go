package main

import (
	"net/http"
	"time"
)

func poll() {
	for range time.Tick(400 * time.Millisecond) {
	// ~^ throttling/rate-exceeds-limit "for range time.Tick(400 * time.Millisecond) " error
		http.Get("https://api.securitycenter.microsoft.com/api/alerts")
	}
}

package main

import (
	"context"
	"net/http"
	"time"
)

func poll(ctx context.Context) {
	ticker := time.NewTicker(30 * time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			http.Get("https://api.securitycenter.microsoft.com/api/alerts")
		}
	}
}

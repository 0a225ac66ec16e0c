package mde

import (
	"context"
	"net/http"
	"time"

	xrate "golang.org/x/time/rate"
)

var limiter = xrate.NewLimiter(xrate.Every(100*time.Millisecond), 1)
// ~^ throttling/rate-exceeds-limit "xrate.Every(100*time.Millisecond)" error

func alerts(ctx context.Context) (*http.Response, error) {
	limiter.Wait(ctx)
	return http.Get("https://api.security.microsoft.com/api/alerts")
}

package mde

import (
	"context"
	"net/http"
	"time"

	"golang.org/x/time/rate"
)

const perMinute = 90

var limiter = rate.NewLimiter(rate.Every(time.Minute/perMinute), 1)

func machine(ctx context.Context, id string) (*http.Response, error) {
	if err := limiter.Wait(ctx); err != nil {
		return nil, err
	}
	return http.Get("https://api.securitycenter.microsoft.com/api/machines/" + id)
}

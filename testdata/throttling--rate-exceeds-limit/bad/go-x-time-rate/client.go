package mde

import (
	"context"
	"net/http"

	"golang.org/x/time/rate"
)

type Client struct {
	http    *http.Client
	limiter *rate.Limiter
}

func New() *Client {
	return &Client{http: http.DefaultClient, limiter: rate.NewLimiter(10, 20)}
	// ~^ throttling/rate-exceeds-limit "rate.NewLimiter(10, 20)" error
}

func (c *Client) Machine(ctx context.Context, id string) (*http.Response, error) {
	if err := c.limiter.Wait(ctx); err != nil {
		return nil, err
	}
	return c.http.Get("https://api.security.microsoft.com/api/machines/" + id)
}

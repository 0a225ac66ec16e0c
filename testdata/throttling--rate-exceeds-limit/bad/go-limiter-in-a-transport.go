package mde

import (
	"net/http"

	"golang.org/x/time/rate"
)

const callsPerSecond = 8

type throttledTransport struct {
	next    http.RoundTripper
	limiter *rate.Limiter
}

func (t *throttledTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := t.limiter.Wait(req.Context()); err != nil {
		return nil, err
	}
	return t.next.RoundTrip(req)
}

// NewClient returns a client that does not go too fast.
func NewClient() *http.Client {
	return &http.Client{Transport: &throttledTransport{
		next:    http.DefaultTransport,
		limiter: rate.NewLimiter(rate.Limit(callsPerSecond), 1),
		// ~^ throttling/rate-exceeds-limit "rate.NewLimiter(rate.Limit(callsPerSecond), 1)" error
	}}
}

// Related fetches the machines of alerts.
func Related(client *http.Client, alerts []string) {
	for _, id := range alerts {
		resp, err := client.Get("https://api.securitycenter.microsoft.com/api/alerts/" + id + "/machine")
		if err == nil {
			handle(resp)
		}
	}
}

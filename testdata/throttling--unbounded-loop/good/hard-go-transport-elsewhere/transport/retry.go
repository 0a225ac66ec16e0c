package transport

import (
	"net/http"
	"strconv"
	"time"
)

// RetryAfter repeats what was throttled.
type RetryAfter struct {
	Next http.RoundTripper
	Max  int
}

// RoundTrip implements http.RoundTripper.
func (t *RetryAfter) RoundTrip(req *http.Request) (*http.Response, error) {
	for attempt := 0; ; attempt++ {
		resp, err := t.Next.RoundTrip(req)
		if err != nil || resp.StatusCode != http.StatusTooManyRequests || attempt == t.Max {
			return resp, err
		}
		seconds, err := strconv.ParseFloat(resp.Header.Get("Retry-After"), 64)
		if err != nil {
			seconds = float64(int(1) << attempt)
		}
		resp.Body.Close()
		time.Sleep(time.Duration(seconds * float64(time.Second)))
	}
}

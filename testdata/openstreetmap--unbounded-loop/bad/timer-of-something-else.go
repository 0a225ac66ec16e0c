package piers

import (
	"context"
	"net/http"
	"time"
)

// FindAll gives up after a minute; nothing waits between the requests.
func FindAll(ctx context.Context, piers []string) {
	over := time.NewTimer(time.Minute)
	defer over.Stop()
	for _, pier := range piers {
		select {
		case <-ctx.Done():
			return
		default:
			http.Get("https://nominatim.openstreetmap.org/search?format=jsonv2&q=" + pier)
			// ~^ openstreetmap/unbounded-loop "http.Get("https://nominatim.openstreetmap.org/search?format=jsonv2&q=" + pier)"
		}
	}
}

package geo

import (
	"net/http"
	"net/url"
	"time"
)

// LocateAll waits between two addresses as long as its caller wants.
func LocateAll(addresses []string, pause time.Duration) error {
	for _, address := range addresses {
		resp, err := http.Get("https://nominatim.openstreetmap.org/search?format=json&q=" + url.QueryEscape(address))
		if err != nil {
			return err
		}
		resp.Body.Close()
		time.Sleep(pause)
	}
	return nil
}

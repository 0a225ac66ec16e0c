package harbour

import "net/http"

func locate(pier string) (*http.Response, error) {
	return http.Get("https://nominatim.openstreetmap.org/search?q=" + pier)
// ~^ openstreetmap/user-agent "http.Get("https://nominatim.openstreetmap.org/search?q=" + pier)" warning
}

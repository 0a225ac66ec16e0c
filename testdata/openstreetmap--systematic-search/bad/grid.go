package harbour

import (
	"fmt"
	"net/http"
	"time"
)

func survey(south, north, west, east float64) {
	for lat := south; lat < north; lat += 0.01 {
		for lon := west; lon < east; lon += 0.01 {
			http.Get(fmt.Sprintf("https://nominatim.openstreetmap.org/reverse?lat=%f&lon=%f&email=a@harbour.example", lat, lon))
// ~^ openstreetmap/systematic-search "http.Get(fmt.Sprintf("https://nominatim.openstreetmap.org/reverse?lat=%f&lon=%f&email=a@harbour.example", lat, lon))" warning
			time.Sleep(time.Second)
		}
	}
}

const userAgent = "harbour-survey/1.0"

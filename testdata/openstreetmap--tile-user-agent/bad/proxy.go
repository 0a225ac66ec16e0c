package main

import (
	"fmt"
	"io"
	"net/http"
)

const tiles = "https://tile.openstreetmap.org"

// Map data © OpenStreetMap contributors.
func serve(out http.ResponseWriter, in *http.Request) {
	answer, err := http.Get(fmt.Sprintf("%s/%s/%s/%s.png", tiles, in.PathValue("z"), in.PathValue("x"), in.PathValue("y")))
	// ~^ openstreetmap/tile-user-agent "http.Get(fmt.Sprintf("%s/%s/%s/%s.png", tiles, in.PathValue("z"), in.PathValue("x"), in.PathValue("y")))" warning
	if err != nil {
		return
	}
	defer answer.Body.Close()
	io.Copy(out, answer.Body)
}

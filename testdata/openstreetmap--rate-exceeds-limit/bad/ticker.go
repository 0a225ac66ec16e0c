package main

import (
	"encoding/csv"
	"io"
	"net/http"
	"net/url"
	"os"
	"time"
)

func main() {
	rows := csv.NewReader(os.Stdin)
	for {
		row, err := rows.Read()
		if err == io.EOF {
			return
		}
		resp, err := http.Get("https://nominatim.openstreetmap.org/search?format=json&q=" + url.QueryEscape(row[0]))
		if err != nil {
			panic(err)
		}
		io.Copy(os.Stdout, resp.Body)
		resp.Body.Close()
		time.Sleep(300 * time.Millisecond)
// ~^ openstreetmap/rate-exceeds-limit "time.Sleep(300 * time.Millisecond)" error
	}
}

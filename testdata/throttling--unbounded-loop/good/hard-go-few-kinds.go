package main

import "net/http"

var kinds = []string{"alerts", "machines", "indicators", "software"}

func export() {
	for _, kind := range kinds {
		resp, err := http.Get("https://api.securitycenter.microsoft.com/api/" + kind)
		if err != nil {
			continue
		}
		save(kind, resp)
	}
	for _, link := range documentation() {
		check("https://learn.microsoft.com/defender-endpoint/api/" + link)
	}
}

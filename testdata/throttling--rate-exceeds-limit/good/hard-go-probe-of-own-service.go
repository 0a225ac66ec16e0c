package main

import (
	"net/http"
	"time"
)

const portal = "https://security.microsoft.com"

func ready(host string) bool {
	for range time.Tick(100 * time.Millisecond) {
		resp, err := http.Get("http://" + host + "/healthz")
		if err == nil && resp.StatusCode == http.StatusOK {
			return true
		}
	}
	return false
}

func once() (*http.Response, error) {
	return http.Get("https://api.securitycenter.microsoft.com/api/exposureScore")
}

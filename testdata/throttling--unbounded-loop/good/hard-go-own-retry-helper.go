package main

import (
	"net/http"
	"time"
)

func call(client *http.Client, path string) (*http.Response, error) {
	var last error
	for n := 0; n < 4; n++ {
		res, err := client.Get("https://api.securitycenter.microsoft.com/api/" + path)
		if err == nil && res.StatusCode < 400 {
			return res, nil
		}
		last = err
		time.Sleep(20 * time.Second)
	}
	return nil, last
}

func archive(client *http.Client, machines []string) {
	for _, machine := range machines {
		call(client, "machines/"+machine)
	}
}

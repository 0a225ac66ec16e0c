package main

import (
	"fmt"
	"net/http"
)

func archive(client *http.Client, machines []string) error {
	for _, machine := range machines {
		res, err := client.Get("https://api.securitycenter.microsoft.com/api/machines/" + machine)
		// ~^ throttling/unbounded-loop "client.Get("https://api.securitycenter.microsoft.com/api/machines/" + machine)" warning
		if err != nil {
			return err
		}
		if res.StatusCode == http.StatusTooManyRequests {
			return fmt.Errorf("throttled at %s", machine)
		}
		res.Body.Close()
	}
	return nil
}

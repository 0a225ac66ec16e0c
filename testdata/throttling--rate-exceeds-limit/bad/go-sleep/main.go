package main

import (
	"fmt"
	"net/http"
	"time"
)

const base = "https://api.securitycenter.microsoft.com/api"

func tagAll(client *http.Client, ids []string) error {
	for _, id := range ids {
		url := fmt.Sprintf("%s/machines/%s/tags", base, id)
		req, err := http.NewRequest("POST", url, nil)
		if err != nil {
			return err
		}
		if _, err := client.Do(req); err != nil {
			return err
		}
		time.Sleep(200 * time.Millisecond)
		// ~^ throttling/rate-exceeds-limit "time.Sleep(200 * time.Millisecond)" error
	}
	return nil
}

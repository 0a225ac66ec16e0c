package main

import (
	"net/http"
	"sync"
	"time"
)

// One at a time, and three quarters of a second for each.
func scan(machines []string) {
	var wg sync.WaitGroup
	sem := make(chan struct{}, 1)
	for _, id := range machines {
		wg.Add(1)
		go func(id string) {
			defer wg.Done()
			sem <- struct{}{}
			defer func() { <-sem }()
			resp, err := http.Post("https://api.securitycenter.microsoft.com/api/machines/"+id+"/runAntiVirusScan", "application/json", body())
			if err == nil {
				resp.Body.Close()
			}
			time.Sleep(750 * time.Millisecond)
		}(id)
	}
	wg.Wait()
}

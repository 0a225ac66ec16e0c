package main

import (
	"net/http"
	"sync"
	"time"
)

const slots = 5

func users(machines []string) {
	var wg sync.WaitGroup
	sem := make(chan struct{}, slots)
	for _, id := range machines {
		wg.Add(1)
		sem <- struct{}{}
		go func(id string) {
			defer wg.Done()
			defer func() { <-sem }()
			resp, err := http.Get("https://api.securitycenter.microsoft.com/api/machines/" + id + "/logonusers")
			if err != nil {
				return
			}
			save(id, resp)
			time.Sleep(time.Second)
			// ~^ throttling/rate-exceeds-limit "time.Sleep(time.Second)" error
		}(id)
	}
	wg.Wait()
}

package main

import (
	"net/http"
	"sync"
)

func details(ids []string) {
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Add(1)
		go func(id string) {
			defer wg.Done()
			http.Get("https://api.security.microsoft.com/api/machines/" + id)
			// ~^ throttling/unbounded-loop "http.Get("https://api.security.microsoft.com/api/machines/" + id)" warning
		}(id)
	}
	wg.Wait()
}

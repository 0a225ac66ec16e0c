package mde

import (
	"net/http"
	"sync"
	"time"
)

const batch = 50

// Isolate sends a batch of requests at once, and rests before the next.
func Isolate(client *http.Client, ids []string) {
	for start := 0; start < len(ids); start += batch {
		end := min(start+batch, len(ids))
		var group sync.WaitGroup
		for _, id := range ids[start:end] {
			group.Add(1)
			go func(id string) {
				defer group.Done()
				client.Post("https://api.security.microsoft.com/api/machines/"+id+"/isolate", "application/json", full())
			}(id)
		}
		group.Wait()
		progress(end)
		time.Sleep(10 * time.Second)
		// ~^ throttling/rate-exceeds-limit "time.Sleep(10 * time.Second)" error
	}
}

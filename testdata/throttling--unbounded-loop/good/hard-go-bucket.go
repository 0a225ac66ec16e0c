package mde

import (
	"fmt"
	"math"
	"net/http"
	"sync"
	"time"
)

// bucket fills by one and a half tokens a second.
type bucket struct {
	mu     sync.Mutex
	tokens float64
	last   time.Time
}

func (b *bucket) take() {
	for {
		b.mu.Lock()
		now := time.Now()
		b.tokens = math.Min(10, b.tokens+now.Sub(b.last).Seconds()*1.5)
		b.last = now
		if b.tokens >= 1 {
			b.tokens--
			b.mu.Unlock()
			return
		}
		b.mu.Unlock()
		time.Sleep(50 * time.Millisecond)
	}
}

func Statuses(b *bucket, ids []string) error {
	for _, id := range ids {
		b.take()
		response, err := http.Get("https://api.security.microsoft.com/api/machines/" + id)
		if err != nil {
			return err
		}
		fmt.Println(id, response.Status)
		response.Body.Close()
	}
	return nil
}

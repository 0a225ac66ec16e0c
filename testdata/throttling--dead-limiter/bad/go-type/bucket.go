package mdatp

import (
	"sync"
	"time"
)

// TokenBucket lets so many calls pass in a minute.
type TokenBucket struct {
// ~^ throttling/dead-limiter "TokenBucket" warning
	mu   sync.Mutex
	left int
	at   time.Time
}

// Take waits for a token.
func (b *TokenBucket) Take() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.left == 0 {
		time.Sleep(time.Until(b.at.Add(time.Minute)))
		b.left, b.at = 100, time.Now()
	}
	b.left--
}

package piers

import (
	"context"
	"net/http"
	"sync"
	"time"
)

type Finder struct {
	lock  sync.Mutex
	pause time.Duration
	asked time.Time
}

func NewFinder() *Finder { return &Finder{pause: time.Second} }

func (f *Finder) hold(ctx context.Context) error {
	f.lock.Lock()
	defer f.lock.Unlock()
	if !f.asked.IsZero() && f.pause > 0 {
		rest := f.pause - time.Since(f.asked)
		if rest > 0 {
			timer := time.NewTimer(rest)
			select {
			case <-timer.C:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
	f.asked = time.Now()
	return nil
}

func (f *Finder) Find(ctx context.Context, pier string) (*http.Response, error) {
	if err := f.hold(ctx); err != nil {
		return nil, err
	}
	return http.Get("https://nominatim.openstreetmap.org/search?format=jsonv2&q=" + pier)
}

func (f *Finder) FindAll(ctx context.Context, piers []string) {
	for _, pier := range piers {
		f.Find(ctx, pier)
	}
}

func LookUpAll(ctx context.Context, piers []string) {
	var asked time.Time
	for _, pier := range piers {
		if rest := time.Second - time.Since(asked); rest > 0 {
			select {
			case <-time.After(rest):
			case <-ctx.Done():
				return
			}
		}
		asked = time.Now()
		http.Get("https://nominatim.openstreetmap.org/search?format=jsonv2&q=" + pier)
	}
}

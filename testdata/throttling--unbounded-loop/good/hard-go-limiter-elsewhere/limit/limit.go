package limit

import (
	"context"
	"time"

	"golang.org/x/time/rate"
)

var shared = rate.NewLimiter(rate.Every(700*time.Millisecond), 1)

// WaitTurn holds the caller up until it may call.
func WaitTurn(ctx context.Context) error { return shared.Wait(ctx) }

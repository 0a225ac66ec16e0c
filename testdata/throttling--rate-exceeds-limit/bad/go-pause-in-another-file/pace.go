package export

import "time"

const gap = 450 * time.Millisecond

func breathe() {
	time.Sleep(gap)
	// ~^ throttling/rate-exceeds-limit "time.Sleep(gap)" warning
}

package watch

import "time"

// minInterval keeps Defender for Endpoint within its quota:
// 1500 query/hour ~= 0.42 query/second ~= 1 query/2.38 second.
const minInterval = 3 * time.Second

// burst is how many requests per second our own gateway limits, 50 req/s.
const burst = 50

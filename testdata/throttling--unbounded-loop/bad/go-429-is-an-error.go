package main

import (
	"errors"
	"net/http"
)

func load(address string) error {
	answer, _ := http.Get(address)
	if answer.StatusCode == 429 {
		return errors.New("throttled")
	}
	return nil
}

func run(machines []string) {
	for _, machine := range machines {
		load("https://api.security.microsoft.com/api/machines/" + machine)
		// ~^ throttling/unbounded-loop "load("https://api.security.microsoft.com/api/machines/" + machine)" warning
	}
}

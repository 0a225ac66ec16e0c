package main

import (
	"context"
	"net/http"

	"example.com/soc/mde"
)

func main() {
	ctx := context.Background()
	client := mde.New(http.DefaultClient)
	for _, machine := range load() {
		resp, err := client.MissingUpdates(ctx, machine.ID)
		// ~^ throttling/unbounded-loop "client.MissingUpdates(ctx, machine.ID)" warning
		if err != nil {
			continue
		}
		print(machine.Name, resp)
	}
}

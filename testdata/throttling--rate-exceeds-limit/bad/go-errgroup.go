package inventory

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"
)

func software(ctx context.Context, client *http.Client, machines []string) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(12)
	for _, id := range machines {
		g.Go(func() error {
			url := fmt.Sprintf("https://api.securitycenter.microsoft.com/api/machines/%s/software", id)
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
			if err != nil {
				return err
			}
			resp, err := client.Do(req)
			if err != nil {
				return err
			}
			defer resp.Body.Close()
			time.Sleep(3 * time.Second)
			// ~^ throttling/rate-exceeds-limit "time.Sleep(3 * time.Second)" error
			return store(id, resp.Body)
		})
	}
	return g.Wait()
}

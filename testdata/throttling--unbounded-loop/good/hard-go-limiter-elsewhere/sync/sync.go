package sync

import (
	"context"
	"net/http"

	"example.com/soc/limit"
)

func machines(ctx context.Context, ids []string) error {
	for _, id := range ids {
		if err := limit.WaitTurn(ctx); err != nil {
			return err
		}
		resp, err := http.Get("https://api.securitycenter.microsoft.com/api/machines/" + id)
		if err != nil {
			return err
		}
		save(resp)
	}
	return nil
}

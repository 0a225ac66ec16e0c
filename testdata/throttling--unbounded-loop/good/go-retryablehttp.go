package mde

import (
	"fmt"

	"github.com/hashicorp/go-retryablehttp"
)

func vulnerabilities(machines []string) error {
	client := retryablehttp.NewClient()
	client.RetryMax = 8
	for _, id := range machines {
		resp, err := client.Get(fmt.Sprintf("https://api.securitycenter.microsoft.com/api/machines/%s/vulnerabilities", id))
		if err != nil {
			return err
		}
		if err := store(id, resp.Body); err != nil {
			return err
		}
	}
	return nil
}

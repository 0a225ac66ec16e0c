package main

import (
	"encoding/json"
	"fmt"
	"net/http"
)

func machines(client *http.Client) ([]any, error) {
	var all []any
	for offset := 0; ; offset += 1000 {
		res, err := client.Get(fmt.Sprintf("https://api.securitycenter.microsoft.com/api/machines?$top=1000&$skip=%d", offset))
		// ~^ throttling/unbounded-loop "client.Get(fmt.Sprintf("https://api.securitycenter.microsoft.com/api/machines?$top=1000&$skip=%d", offset))" note
		if err != nil {
			return nil, err
		}
		var page struct{ Value []any }
		if err := json.NewDecoder(res.Body).Decode(&page); err != nil {
			return nil, err
		}
		if len(page.Value) == 0 {
			return all, nil
		}
		all = append(all, page.Value...)
	}
}

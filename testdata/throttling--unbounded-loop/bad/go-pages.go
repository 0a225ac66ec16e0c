package mdatp

import (
	"encoding/json"
	"fmt"
	"net/http"
)

type page struct {
	Value    []Alert `json:"value"`
	NextLink string  `json:"@odata.nextLink"`
}

// Alerts returns all alerts.
func (c *Client) Alerts() ([]Alert, error) {
	var all []Alert
	next := "https://api.securitycenter.microsoft.com/api/alerts?$top=10000"
	for next != "" {
		req, err := http.NewRequest(http.MethodGet, next, nil)
		if err != nil {
			return nil, err
		}
		req.Header.Set("Authorization", "Bearer "+c.token)
		resp, err := c.http.Do(req)
		// ~^ throttling/unbounded-loop "c.http.Do(req)" note
		if err != nil {
			return nil, err
		}
		var p page
		err = json.NewDecoder(resp.Body).Decode(&p)
		resp.Body.Close()
		if err != nil {
			return nil, fmt.Errorf("alerts: %w", err)
		}
		all = append(all, p.Value...)
		next = p.NextLink
	}
	return all, nil
}

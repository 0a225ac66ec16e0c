package mde

import (
	"context"
	"fmt"
	"net/http"
)

const defaultBaseURL = "https://api.securitycenter.microsoft.com"

// Client calls the API.
type Client struct {
	baseURL string
	http    *http.Client
}

// New returns a client.
func New(h *http.Client) *Client {
	return &Client{baseURL: defaultBaseURL, http: h}
}

// MissingUpdates asks for what a machine lacks.
func (c *Client) MissingUpdates(ctx context.Context, machineID string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("%s/api/machines/%s/getmissingkbs", c.baseURL, machineID), nil)
	if err != nil {
		return nil, err
	}
	return c.http.Do(req)
}

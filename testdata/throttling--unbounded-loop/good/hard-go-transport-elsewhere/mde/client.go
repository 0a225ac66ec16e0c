package mde

import (
	"net/http"

	"example.com/soc/transport"
)

// Client calls the API.
type Client struct{ http *http.Client }

// New returns a client that waits when it is told to.
func New() *Client {
	return &Client{http: &http.Client{Transport: &transport.RetryAfter{Next: http.DefaultTransport, Max: 5}}}
}

// Users asks who was logged on.
func (c *Client) Users(machines []string) error {
	for _, id := range machines {
		resp, err := c.http.Get("https://api.securitycenter.microsoft.com/api/machines/" + id + "/logonusers")
		if err != nil {
			return err
		}
		collect(id, resp)
	}
	return nil
}

package mde

import (
	"net/http"
	"time"
)

const gap = 650 * time.Millisecond

type Client struct {
	http http.Client
	next time.Time
}

func (c *Client) do(path string) (*http.Response, error) {
	if wait := time.Until(c.next); wait > 0 {
		time.Sleep(wait)
	}
	c.next = time.Now().Add(gap)
	return c.http.Get("https://api.security.microsoft.com/api" + path)
}

func (c *Client) Each(ids []string, use func(*http.Response)) error {
	for _, id := range ids {
		response, err := c.do("/machines/" + id + "/software")
		if err != nil {
			return err
		}
		use(response)
	}
	return nil
}

package mdatp

import "net/http"

const base = "https://api.securitycenter.microsoft.com/api"

// Client calls the API.
type Client struct{ http *http.Client }

// Alerts asks for alerts.
func (c *Client) Alerts() (*http.Response, error) {
	return c.http.Get(base + "/alerts")
}

// Machines asks for machines.
func (c *Client) Machines() (*http.Response, error) {
	return c.http.Get(base + "/machines")
}

// Indicators asks for indicators.
func (c *Client) Indicators() (*http.Response, error) {
	return c.http.Get(base + "/indicators")
}

// Software asks for Software.
func (c *Client) Software() (*http.Response, error) {
	return c.http.Get(base + "/Software")
}

// Vulnerabilities asks for Vulnerabilities.
func (c *Client) Vulnerabilities() (*http.Response, error) {
	return c.http.Get(base + "/Vulnerabilities")
}

// Recommendations asks for recommendations.
func (c *Client) Recommendations() (*http.Response, error) {
	return c.http.Get(base + "/recommendations")
}

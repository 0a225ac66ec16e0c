package export

import "net/http"

const api = "https://api.securitycenter.microsoft.com/api"

func (e *Exporter) recommendations(machines <-chan string) error {
	for id := range machines {
		resp, err := e.http.Get(api + "/machines/" + id + "/recommendations")
		if err != nil {
			return err
		}
		if err := e.write(id, resp); err != nil {
			return err
		}
		breathe()
	}
	return nil
}

// Exporter writes what it reads.
type Exporter struct{ http *http.Client }

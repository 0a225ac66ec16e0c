package geo

import (
	"fmt"
	"net/http"

	"harbour.example/piers/hosts"
)

type Finder struct {
	base string
	http *http.Client
}

func New() *Finder { return &Finder{base: hosts.Lookup, http: &http.Client{}} }

func (f *Finder) Find(pier string) (*http.Response, error) {
	request, err := http.NewRequest(http.MethodGet, fmt.Sprintf("%s/search?q=%s", f.base, pier), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", "piers/1.0 (https://harbour.example)")
	return f.http.Do(request)
}

func (f *Finder) FindAll(piers []string) {
	for _, pier := range piers {
		f.Find(pier)
	}
}

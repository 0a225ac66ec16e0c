package exporter

func (e *Exporter) Collect(ch chan<- prometheus.Metric) {
	resp, err := http.Get("https://api.securitycenter.microsoft.com/api/exposureScore")
	if err != nil {
		return
	}
	defer resp.Body.Close()
	for _, value := range decode(resp.Body) {
		ch <- metric(value)
	}
}

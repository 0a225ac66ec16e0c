package mde

func get(client *http.Client, url string) (*http.Response, error) {
	for {
		resp, err := client.Get(url)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode != http.StatusTooManyRequests {
			return resp, nil
		}
		seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
		time.Sleep(time.Duration(seconds) * time.Second)
	}
}

func all(client *http.Client, ids []string) {
	for _, id := range ids {
		get(client, "https://api.security.microsoft.com/api/machines/"+id)
	}
}

package mde

import (
	"net/http"
	"time"
)

// slots gives one away every 650 ms.
func slots() <-chan struct{} {
	out := make(chan struct{}, 10)
	go func() {
		for range time.Tick(650 * time.Millisecond) {
			out <- struct{}{}
		}
	}()
	return out
}

func Scan(client *http.Client, ids []string) {
	free := slots()
	for _, id := range ids {
		<-free
		client.Post("https://api.security.microsoft.com/api/machines/"+id+"/runAntiVirusScan", "application/json", scan())
	}
}

package mde

import (
	"net/http"
	"time"
)

func Offboard(client *http.Client, ids []string) {
	sent, opened := 0, time.Now()
	for _, id := range ids {
		if sent >= 100 {
			if left := time.Minute - time.Since(opened); left > 0 {
				time.Sleep(left)
			}
			sent, opened = 0, time.Now()
		}
		client.Post("https://api.securitycenter.microsoft.com/api/machines/"+id+"/offboard", "application/json", reason())
		sent++
	}
}

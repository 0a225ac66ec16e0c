package main

import (
	"fmt"
	"net/http"
	"os"
)

func mirror(zoom, west, east, north, south int) error {
	for x := west; x <= east; x++ {
// ~^ openstreetmap/tiles-in-bulk "for x := west; x <= east; x++ {" warning
		for y := north; y <= south; y++ {
			reply, err := http.Get(fmt.Sprintf("https://tile.openstreetmap.org/%d/%d/%d.png", zoom, x, y))
			if err != nil {
				return err
			}
			file, err := os.Create(fmt.Sprintf("tiles/%d-%d-%d.png", zoom, x, y))
			if err != nil {
				return err
			}
			reply.Write(file)
		}
	}
	return nil
}

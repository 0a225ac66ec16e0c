package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
)

func save(z, x, y int, name string) error {
	res, err := http.Get(fmt.Sprintf("https://tile.openstreetmap.org/%d/%d/%d.png", z, x, y))
	if err != nil {
		return err
	}
	defer res.Body.Close()
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(file, res.Body)
	return err
}

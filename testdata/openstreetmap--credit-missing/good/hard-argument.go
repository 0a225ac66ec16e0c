package main

import (
	"flag"

	"tilesaver/fetch"
)

func main() {
	server := flag.String("server", "https://tile.openstreetmap.org/{z}/{x}/{y}.png", "where tiles come from")
	flag.Parse()
	fetch.All(*server)
}

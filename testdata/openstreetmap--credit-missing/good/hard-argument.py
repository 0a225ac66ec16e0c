import argparse

import fetching

parser = argparse.ArgumentParser()
parser.add_argument("--server", default="https://tile.openstreetmap.org/{z}/{x}/{y}.png")
options = parser.parse_args()
fetching.save(options.server)

import sys

from mde import Mde

mde = Mde(sys.argv[1])
for line in sys.stdin:
    print(mde.call(f"/machines/{line.strip()}/vulnerabilities"))

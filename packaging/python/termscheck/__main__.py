"""`python -m termscheck`."""

import os
import subprocess
import sys

from ._find import find_binary


def main() -> int:
    command = [find_binary(), *sys.argv[1:]]
    if sys.platform == "win32":
        return subprocess.run(command, check=False).returncode
    os.execv(command[0], command)


if __name__ == "__main__":
    sys.exit(main())

"""Where the wheel put the binary."""

import os
import sys
import sysconfig


def find_binary() -> str:
    """The path of the termscheck binary that belongs to this package."""
    name = "termscheck" + (sysconfig.get_config_var("EXE") or "")
    folders = [sysconfig.get_path("scripts")]
    # `pip install --user` and `--target` put scripts elsewhere.
    scheme = sysconfig.get_preferred_scheme("user")
    folders.append(sysconfig.get_path("scripts", scheme=scheme))
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    folders.append(os.path.join(here, "bin"))
    for folder in folders:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            return path
    raise FileNotFoundError(f"{name} is in none of {', '.join(folders)} ({sys.executable})")

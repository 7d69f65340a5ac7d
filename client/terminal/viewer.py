"""Showing a file in the viewer of the desktop, where there is one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def shown(path: Path) -> bool:
    """Hand a file to the desktop's viewer; False where there is no desktop, and nothing was shown."""
    on_a_mac = sys.platform == "darwin"
    opener = shutil.which("open" if on_a_mac else "xdg-open")
    if opener is None or not (on_a_mac or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    subprocess.Popen(  # noqa: S603 - the desktop's own opener, and a file of the spool
        [opener, path],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return True

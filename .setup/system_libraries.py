"""Finds the system's libraries that Qt needs and installs the missing ones where it may.

Runs with any Python 3.11 and nothing installed. Never asks for a password.
"""

from __future__ import annotations

import ctypes
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence

# Without these no part of Qt loads, not even to draw a picture of the window.
ESSENTIAL = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libbrotlidec.so.1": "libbrotli1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}
# Without these there is no window on a screen.
FOR_A_SCREEN = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def main(arguments: Sequence[str]) -> int:
    if platform.system() != "Linux":
        return 0
    if arguments[:1] == ["--package"]:
        return 0 if install(arguments[1:]) else 1
    if arguments == ["--build"]:
        return provide({}, tools_for_freezing())
    return provide(missing(ESSENTIAL), missing(FOR_A_SCREEN))


def missing(libraries: dict[str, str]) -> dict[str, str]:
    """The libraries that the system's loader does not find."""
    return {name: package for name, package in libraries.items() if not is_found(name)}


def is_found(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def tools_for_freezing() -> dict[str, str]:
    """What PyInstaller takes from the system: objdump and, for Debian's Python, its library."""
    tools = {} if shutil.which("objdump") else {"objdump": "binutils"}
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if sys.base_prefix == "/usr" and not is_found(f"libpython{version}.so.1.0"):
        tools[f"libpython{version}.so.1.0"] = f"libpython{version}"
    return tools


def provide(needed: dict[str, str], wanted: dict[str, str]) -> int:
    """Install both; only what is *needed* stops the work where it cannot be had."""
    absent = needed | wanted
    if not absent:
        return 0
    if install(sorted(set(absent.values()))):
        return 0
    return 1 if needed else 0


def install(packages: Sequence[str]) -> bool:
    """True where the packages are there afterwards; else one line names them."""
    apt = shutil.which("apt-get")
    command = f"apt-get install {' '.join(packages)}"
    if apt is None:
        print(f"Please install what your system calls: {' '.join(packages)}", file=sys.stderr)
        return False
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and not may_use_sudo():
        print(f"Qt needs some system libraries. Please run: sudo {command}", file=sys.stderr)
        return False
    print(f"Installing system libraries: {' '.join(packages)} ...", flush=True)
    settings = ["env", "DEBIAN_FRONTEND=noninteractive"]
    options = ["install", "--yes", "--quiet=2", "--no-install-recommends"]
    # A stale or absent list of packages is refreshed; where it cannot be, the old one may do.
    run([*prefix, *settings, apt, "update", "--quiet=2"])
    if run([*prefix, *settings, apt, *options, *packages]):
        return True
    print(f"That did not work. Please run: {command}", file=sys.stderr)
    return False


def may_use_sudo() -> bool:
    return shutil.which("sudo") is not None and run(["sudo", "-n", "true"])


def run(command: Sequence[str]) -> bool:
    finished = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    return finished.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Starts the window, or a command without one: ``revmentor-desktop --help`` says which."""

from __future__ import annotations

import multiprocessing
import sys

from revmentor_desktop import __version__

COMMANDS = ("new", "import", "match", "pack", "export", "backup", "restore", "check")


def main(arguments: list[str] | None = None) -> int:
    """Run the window or a command; returns the exit code 0 done, 1 our bug, 2 bad input."""
    multiprocessing.freeze_support()
    given = sys.argv[1:] if arguments is None else arguments
    if given and given[0] in COMMANDS:
        from revmentor_desktop import cli

        return cli.run(given)
    if given == ["--version"]:
        sys.stdout.write(f"RevMentor Desktop {__version__}\n")
        return 0
    if given == ["--selftest"]:
        from revmentor_desktop.gui.selftest import selftest

        return selftest()
    if given and given[0].startswith("-") and given[0] != "--sample":
        from revmentor_desktop import cli

        return cli.run(given)
    from revmentor_desktop.gui import app

    if given == ["--sample"]:
        return app.run(sample=True)
    return app.run(given[0] if given else None)


if __name__ == "__main__":
    sys.exit(main())

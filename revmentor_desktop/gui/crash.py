"""Our own bugs: logged without personal data, and told with a report that can be copied.

What only a fault needs is imported when there is one: this module loads before the first paint.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication

from revmentor_desktop import __version__

LOG_NAME = "revmentor.log"
_folder = Path()


def install(folder: Path) -> None:
    """Log what nothing else has caught to a rotating file in ``folder``, and tell it."""
    global _folder  # noqa: PLW0603 - one program, one log
    _folder = folder
    sys.excepthook = _on_exception


def report(fault: BaseException) -> str:
    """What happened and where in our code: no message and no value, for both may hold a name."""
    import platform
    import traceback

    lines = [
        f"RevMentor Desktop {__version__}, Qt {qVersion()}, Python {platform.python_version()}",
        f"{platform.system()} {platform.release()}",
        type(fault).__name__,
    ]
    for frame in traceback.extract_tb(fault.__traceback__):
        lines.append(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}")
    return "\n".join(lines)


def log(text: str) -> None:
    """Append to the rotating log; a full disk must not hide the fault itself."""
    import logging
    from logging.handlers import RotatingFileHandler

    record = logging.LogRecord("revmentor", logging.ERROR, "", 0, text, None, None)
    handler = RotatingFileHandler(
        _folder / LOG_NAME, maxBytes=200_000, backupCount=2, delay=True, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    try:
        handler.emit(record)
    finally:
        handler.close()


def show(fault: BaseException) -> None:
    """Log the report and show it."""
    from revmentor_desktop.gui.crash_report import CrashReport

    text = report(fault)
    log(text)
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    if any(isinstance(one, CrashReport) and one.isVisible() for one in app.topLevelWidgets()):
        # A fault in painting comes back with every repaint; one report is enough.
        return
    CrashReport(text, app.activeWindow()).open()


def _on_exception(
    _kind: type[BaseException], fault: BaseException, _trace: TracebackType | None
) -> None:
    if isinstance(fault, KeyboardInterrupt):
        QApplication.quit()
        return
    show(fault)

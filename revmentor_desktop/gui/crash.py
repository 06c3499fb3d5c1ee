"""Our own bugs: logged without personal data, and told with a report that can be copied."""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from revmentor_desktop import __version__
from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import _

_log = logging.getLogger("revmentor")


def install(folder: Path) -> None:
    """Log to a rotating file and catch what nothing else has caught."""
    handler = RotatingFileHandler(
        folder / "revmentor.log", maxBytes=200_000, backupCount=2, delay=True, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)
    sys.excepthook = _on_exception


def report(fault: BaseException) -> str:
    """What happened and where in our code: no message and no value, for both may hold a name."""
    lines = [
        f"RevMentor Desktop {__version__}, Qt {qVersion()}, Python {platform.python_version()}",
        f"{platform.system()} {platform.release()}",
        type(fault).__name__,
    ]
    for frame in traceback.extract_tb(fault.__traceback__):
        lines.append(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}")
    return "\n".join(lines)


def show(fault: BaseException) -> None:
    """Log the report and show it."""
    text = report(fault)
    _log.error(text)
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


class CrashReport(QDialog):
    """Says that it was our fault, and lets her copy what we need to know."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Something went wrong"))
        self.resize(560, 380)
        self._text = text
        body = QVBoxLayout(self)
        body.setContentsMargins(24, 20, 24, 20)
        body.addWidget(label(_("Something went wrong that should not"), "title"))
        body.addWidget(
            label(
                _("Your data are safe: what you had done before is stored. If you report this, "
                  "send the text below; it holds no names."),
                "muted",
                wrap=True,
            )
        )  # fmt: skip
        shown = QPlainTextEdit(text)
        shown.setReadOnly(True)
        shown.setAccessibleName(_("Report"))
        body.addWidget(shown, 1)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(button(_("Copy the report"), self._copy, "copy"))
        row.addWidget(button(_("Close"), self.accept, kind="filled"))
        body.addLayout(row)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)

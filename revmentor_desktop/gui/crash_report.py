"""The dialog for our own bugs: that it was our fault, and a report that can be copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import _


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

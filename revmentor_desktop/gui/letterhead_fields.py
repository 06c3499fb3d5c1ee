"""Fields of the letterhead: a picture, checked away from the window, and the accent colour."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QColorDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from revmentor_desktop.domain import contrast
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.gui import theme
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.fields import TextField
from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import _

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


class AccentField(QWidget):
    """A colour: typed as #0F6E66, or chosen; one that is hard to read on paper is said to be.

    Signals:
        changed: another colour, or what is none.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = TextField()
        self._text.setMaximumWidth(140)
        self._text.textChanged.connect(self._show)
        self._pick = QPushButton(" " + _("Choose colour …"))
        self._pick.setAutoDefault(False)
        self._pick.clicked.connect(self._choose)
        self._pale = label("", "muted", wrap=True)
        self.darken = button("", self._on_darken)
        self.darken.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self._text)
        row.addWidget(self._pick)
        row.addStretch()
        self._advice = QWidget()
        advice = QHBoxLayout(self._advice)
        advice.setContentsMargins(0, 0, 0, 0)
        advice.addWidget(self._pale, 1)
        advice.addWidget(self.darken)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self._advice)
        self.setFocusProxy(self._text)
        self._show("")

    @property
    def advice(self) -> str:
        """What is said of a colour that is hard to read, "" where it is not."""
        return "" if self._advice.isHidden() else self._pale.text()

    def value(self) -> str:
        """The colour as it was typed."""
        return self._text.value()

    def set_value(self, value: Any) -> None:  # noqa: ANN401
        """Show a colour."""
        self._text.set_value(value)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """The text is what has the keyboard."""
        self._text.setAccessibleName(name)

    def _show(self, text: str) -> None:
        colour = text.strip()
        known = _COLOUR.fullmatch(colour) is not None
        self._pick.setIcon(_swatch(colour if known else ""))
        pale = known and contrast.on_white(colour) < contrast.LEAST
        self._advice.setVisible(pale)
        if pale:
            self._pale.setText(_("Too pale to be read on white paper (contrast below 4.5 : 1)."))
            shade = contrast.darkened(colour)
            self.darken.setText(" " + _("Use {colour}").format(colour=shade))
            self.darken.setAccessibleName(self.darken.text().strip())
            self.darken.setIcon(_swatch(shade))
        self.changed.emit()

    def _on_darken(self) -> None:
        self.set_value(contrast.darkened(self.value()))

    def _choose(self) -> None:
        dialog = QColorDialog(QColor(self.value()), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(self._on_colour_selected)
        dialog.open()

    def _on_colour_selected(self, colour: QColor) -> None:
        self.set_value(colour.name().upper())


def _swatch(colour: str) -> QIcon:
    made = QPixmap(QSize(16, 16))
    made.fill(QColor(colour) if colour else QColor())
    return QIcon(made)


class PictureField(QWidget):
    """A picture with a way to choose another one; ``read`` is a job that makes a PNG of a file.

    Signals:
        changed: another picture, or none.
    """

    changed = Signal()

    def __init__(
        self,
        context: Context,
        read: Callable[..., bytes],
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._read = context, read
        self._png: bytes | None = None
        self._picture = _OnPaper()
        self._error = label("", "error", wrap=True)
        self._error.hide()
        self._name = name
        self.choose_button = button(_("Choose …"), self._choose)
        self.choose_button.setAccessibleName(_("Choose: {what}").format(what=name))
        self.remove_button = button(_("Remove"), self.remove)
        self.remove_button.setAccessibleName(_("Remove: {what}").format(what=name))
        row = QHBoxLayout()
        row.addWidget(self._picture, 1)
        for made in (self.choose_button, self.remove_button):
            made.setAutoDefault(False)
            row.addWidget(made)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self._error)
        self.setFocusProxy(self.choose_button)
        self._show()

    @property
    def error(self) -> str:
        """Why the last picture was refused, "" where it was not."""
        return "" if self._error.isHidden() else self._error.text()

    def value(self) -> bytes | None:
        """The picture as PNG."""
        return self._png

    def set_value(self, png: bytes | None) -> None:
        """Show a picture that is stored."""
        self._png = png
        self._show()

    def take(self, path: str) -> None:
        """Read the picture of a file away from the window, and use it or say why not."""
        self.choose_button.setEnabled(False)
        task = self._context.start(
            self._read, path, on_done=self._on_read, on_failed=self._on_refused
        )
        task.ended.connect(self._on_ended)

    def remove(self) -> None:
        """No picture."""
        self._error.hide()
        self.set_value(None)
        self.changed.emit()

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """The button is what has the keyboard."""
        self._picture.setAccessibleName(name)

    def _choose(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(
            self, self._name, "", _("Pictures (*.png *.jpg *.jpeg *.svg)")
        )
        if path:
            self.take(path)

    def _on_read(self, png: bytes) -> None:
        self._error.hide()
        self.set_value(png)
        self.changed.emit()

    def _on_refused(self, refusal: UserError) -> None:
        self._error.setText(str(refusal))
        self._error.show()

    def _on_ended(self) -> None:
        self.choose_button.setEnabled(True)

    def _show(self) -> None:
        self.remove_button.setEnabled(self._png is not None)
        self._picture.show_png(self._png)


class _OnPaper(QWidget):
    """A picture as it stands on white paper, in every theme."""

    def __init__(self) -> None:
        super().__init__()
        self._pixmap = QPixmap()
        self.setMinimumSize(110, 56)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_png(self, png: bytes | None) -> None:
        """Show a picture, or that there is none."""
        self._pixmap = QPixmap()
        if png is not None:
            self._pixmap.loadFromData(png)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it small, sharp on any screen."""
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        if self._pixmap.isNull():
            painter.setPen(QColor(theme.tokens().muted))
            middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
            painter.drawText(self.rect(), middle, _("none"))
            return
        painter.setPen(QColor(theme.tokens().border))
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 7, 7)
        room = self.rect().adjusted(8, 8, -8, -8)
        size = self._pixmap.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        placed = QStyle.alignedRect(
            self.layoutDirection(),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading,
            size,
            room,
        )
        painter.drawPixmap(placed, self._pixmap)

"""Fields of the letterhead: the logo, checked before it is decoded, and the accent colour."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QImageReader, QImageWriter, QPixmap
from PySide6.QtWidgets import (
    QColorDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.gui.fields import TextField
from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import _

LARGEST_SIDE = 4000
KEPT_SIDE = 1200
SHOWN = QSize(180, 40)


class AccentField(QWidget):
    """A colour: typed as #0F6E66, or chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = TextField()
        self._text.setMaximumWidth(140)
        self._text.textChanged.connect(self._show)
        self._pick = QPushButton(_("Choose colour …"))
        self._pick.setAutoDefault(False)
        self._pick.clicked.connect(self._choose)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._text)
        layout.addWidget(self._pick)
        layout.addStretch()
        self.setFocusProxy(self._text)

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
        swatch = QPixmap(QSize(16, 16))
        swatch.fill(QColor(text.strip()) if QColor.isValidColorName(text.strip()) else QColor())
        self._pick.setIcon(QIcon(swatch))

    def _choose(self) -> None:
        dialog = QColorDialog(QColor(self.value()), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(self._on_colour_selected)
        dialog.open()

    def _on_colour_selected(self, colour: QColor) -> None:
        self.set_value(colour.name().upper())


class LogoField(QWidget):
    """The logo with a way to choose another one."""

    def __init__(self, png: bytes | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._png = png
        self._picture = QLabel()
        self._picture.setTextFormat(Qt.TextFormat.PlainText)
        self._picture.setMinimumHeight(SHOWN.height())
        self._error = label("", "error", wrap=True)
        self._error.hide()
        choose = button(_("Choose logo …"), self._choose)
        self._remove = button(_("Remove logo"), self.remove)
        row = QHBoxLayout()
        row.addWidget(self._picture, 1)
        for made in (choose, self._remove):
            made.setAutoDefault(False)
            row.addWidget(made)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self._error)
        self.setFocusProxy(choose)
        self._show()

    @property
    def error(self) -> str:
        """Why the last picture was refused, "" where it was not."""
        return "" if self._error.isHidden() else self._error.text()

    def value(self) -> bytes | None:
        """The logo as PNG."""
        return self._png

    def take(self, path: str) -> None:
        """Use the picture in a file, or say why not."""
        try:
            self._png = read_logo(path)
        except UserError as refusal:
            self._error.setText(str(refusal))
            self._error.show()
            return
        self._error.hide()
        self._show()

    def remove(self) -> None:
        """No logo."""
        self._png = None
        self._error.hide()
        self._show()

    def _choose(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(
            self, _("Logo"), "", _("Pictures (*.png *.jpg *.jpeg)")
        )
        if path:
            self.take(path)

    def _show(self) -> None:
        self._remove.setEnabled(self._png is not None)
        if self._png is None:
            self._picture.setText(_("No logo"))
            return
        pixmap = QPixmap()
        pixmap.loadFromData(self._png)
        self._picture.setPixmap(
            pixmap.scaled(
                SHOWN,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )


def read_logo(path: str) -> bytes:
    """A PNG or JPEG file as PNG bytes; its size is checked before a pixel is decoded."""
    reader = QImageReader(path, _format_of(path))
    # Left to itself Qt goes by the file's name, and would draw an SVG that is called .png.
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid():
        raise UserError(_("This picture is damaged. Choose another one."))
    if max(size.width(), size.height()) > LARGEST_SIDE:
        raise UserError(
            _(
                "This picture has {w} x {h} pixels; a logo may have {most} a side. Make it smaller."
            ).format(w=size.width(), h=size.height(), most=LARGEST_SIDE)
        )
    image = reader.read()
    if image.isNull():
        raise UserError(_("This picture is damaged. Choose another one."))
    if max(image.width(), image.height()) > KEPT_SIDE:
        image = image.scaled(
            QSize(KEPT_SIDE, KEPT_SIDE),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    return _as_png(image)


def _format_of(path: str) -> QByteArray:
    """What a file is by its first bytes."""
    try:
        with Path(path).open("rb") as file:
            start = file.read(8)
    except OSError:
        raise UserError(_("This picture cannot be read. Choose another one.")) from None
    for sign, name in ((b"\x89PNG\r\n\x1a\n", b"png"), (b"\xff\xd8\xff", b"jpeg")):
        if start.startswith(sign):
            return QByteArray(name)
    raise UserError(_("This file is not a PNG or JPEG picture. Choose another one."))


def _as_png(image: QImage) -> bytes:
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(kept.data())

"""The organisation: name and contacts, its levels in order, and how its letters look."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.dialog import FormDialog
from revmentor_desktop.gui.fields import ChoiceField, Field, LongField, TextField
from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services import organisation
from revmentor_desktop.services.organisation import LevelRow

LARGEST_SIDE = 4000
KEPT_SIDE = 1200


class OrganisationForm(FormDialog):
    """Everything about the organisation on one page."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Organisation"), _("Save"), parent)
        self.resize(640, 720)
        self._context = context
        self.fields: dict[str, Field] = {
            "name": TextField(),
            "coordinator": TextField(),
            "support_contact": TextField(),
            "sponsor": TextField(),
            "address": LongField(),
            "footer": TextField(),
            "accent": TextField(),
            "paper": ChoiceField([("A4", "A4"), ("Letter", "Letter")], strict=True, blank=None),
        }
        values = context.read(organisation.settings)
        for key, text in (
            ("name", _("&Name")),
            ("coordinator", _("Your name, as c&oordinator")),
            ("support_contact", _("&Whom to call")),
            ("sponsor", _("S&ponsor")),
        ):
            self.add_row(text, self.fields[key])
        self.form.addRow(label(_("Levels, the highest first"), "cardTitle"))
        self.levels = _Levels(context.read(organisation.levels))
        self.form.addRow(self.levels)
        self.form.addRow(label(_("Letterhead"), "cardTitle"))
        for key, text in (
            ("address", _("&Address")),
            ("footer", _("&Footer")),
            ("accent", _("A&ccent colour")),
            ("paper", _("Pap&er")),
        ):
            self.add_row(text, self.fields[key])
        self.logo = _Logo(values["logo"])
        self.add_row(_("&Logo"), self.logo)
        for key, field in self.fields.items():
            field.set_value(values[key])
        self.fields["name"].setFocus()

    def save(self) -> None:
        """Store settings and levels as one step."""
        values = {key: field.value() for key, field in self.fields.items()}
        values["logo"] = self.logo.value()
        text = _("Organisation changed")
        self._context.do(text, organisation.save_all, values, self.levels.value())


class _Levels(QWidget):
    """The levels as a list that can be renamed, ordered and changed."""

    def __init__(self, rows: list[LevelRow]) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setAccessibleName(_("Levels"))
        self.list.setFixedHeight(170)
        for row in reversed(rows):
            self._add(row)
        buttons = QVBoxLayout()
        for text, act in (
            (_("Add a level"), self.add),
            (_("Move up"), self._up),
            (_("Move down"), self._down),
            (_("Remove"), self._remove),
        ):
            buttons.addWidget(button(text, act))
        buttons.addStretch()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)

    def value(self) -> list[LevelRow]:
        """The levels, entry level first."""
        rows = []
        for at in reversed(range(self.list.count())):
            item = self.list.item(at)
            row: LevelRow = item.data(Qt.ItemDataRole.UserRole)
            name = item.text().partition("  ·  ")[0].strip()
            rows.append(LevelRow(row.id, 0, name, row.people))
        return rows

    def add(self) -> None:
        """A new level above the chosen one, ready to be named."""
        item = self._add(LevelRow(None, 0, _("New level")), max(0, self.list.currentRow()))
        self.list.setCurrentItem(item)
        self.list.editItem(item)

    def _add(self, row: LevelRow, at: int | None = None) -> QListWidgetItem:
        people = "  ·  " + ngettext("{n} person", "{n} people", row.people) if row.people else ""
        item = QListWidgetItem(row.name + people)
        item.setData(Qt.ItemDataRole.UserRole, row)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        self.list.insertItem(self.list.count() if at is None else at, item)
        return item

    def _up(self) -> None:
        self._move(-1)

    def _down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        at = self.list.currentRow()
        if at >= 0 and 0 <= at + by < self.list.count():
            self.list.insertItem(at + by, self.list.takeItem(at))
            self.list.setCurrentRow(at + by)

    def _remove(self) -> None:
        if self.list.currentRow() >= 0:
            self.list.takeItem(self.list.currentRow())


class _Logo(QWidget):
    """The logo with a way to choose another one, which is checked before it is decoded."""

    def __init__(self, png: bytes | None) -> None:
        super().__init__()
        self._png = png
        self._picture = QLabel()
        self._picture.setMinimumHeight(44)
        self._error = label("", "error", wrap=True)
        self._error.hide()
        row = QHBoxLayout()
        row.addWidget(self._picture, 1)
        row.addWidget(button(_("Choose …"), self._choose))
        row.addWidget(button(_("Remove"), self._remove))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self._error)
        self._show()

    def value(self) -> bytes | None:
        """The logo as PNG."""
        return self._png

    def _choose(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(
            self, _("Logo"), "", _("Pictures (*.png *.jpg *.jpeg)")
        )
        if not path:
            return
        try:
            self._png = read_logo(path)
        except UserError as refusal:
            self._error.setText(str(refusal))
            self._error.show()
            return
        self._error.hide()
        self._show()

    def _remove(self) -> None:
        self._png = None
        self._show()

    def _show(self) -> None:
        if self._png is None:
            self._picture.setText(_("No logo"))
            return
        pixmap = QPixmap()
        pixmap.loadFromData(self._png)
        fitted = QSize(180, 40)
        self._picture.setPixmap(
            pixmap.scaled(
                fitted,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )


def read_logo(path: str) -> bytes:
    """A PNG or JPEG file as PNG bytes; its size is checked before a pixel is decoded."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    size = reader.size()
    if bytes(reader.format().data()) not in (b"png", b"jpeg", b"jpg") or not size.isValid():
        raise UserError(_("This file is not a PNG or JPEG picture. Choose another one."))
    if max(size.width(), size.height()) > LARGEST_SIDE:
        raise UserError(
            _("This picture has {w} x {h} pixels; a logo may have {most} a side. Make it smaller."
              ).format(w=size.width(), h=size.height(), most=LARGEST_SIDE)
        )  # fmt: skip
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


def _as_png(image: QImage) -> bytes:
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, b"PNG")
    return bytes(kept.data())

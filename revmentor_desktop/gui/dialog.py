"""The base of the forms: labelled fields, and an error in place until all is well."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import _


class FormDialog(QDialog):
    """A form. A subclass adds fields and says in ``save`` what becomes of them.

    ``save`` raises UserError to refuse; the sentence is shown and the dialog stays.
    """

    def __init__(self, title: str, save_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(520)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(14)
        outer.addWidget(label(title, "title"))
        self.top = QVBoxLayout()
        outer.addLayout(self.top)
        page = QWidget()
        page.setObjectName("page")
        self.form = QFormLayout(page)
        self.form.setContentsMargins(2, 2, 10, 2)
        self.form.setHorizontalSpacing(16)
        self.form.setVerticalSpacing(10)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.scroll_area = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        # A subclass may put something beside the form.
        self.middle = QHBoxLayout()
        self.middle.setSpacing(18)
        self.middle.addWidget(scroll, 1)
        outer.addLayout(self.middle, 1)
        self._error = label("", "error", wrap=True)
        self._error.hide()
        outer.addWidget(self._error)
        self.buttons = QHBoxLayout()
        self.buttons.addStretch()
        self.buttons.addWidget(button(_("Cancel"), self.reject))
        self.save_button = button(save_text, self.accept, kind="filled")
        self.save_button.setDefault(True)
        self.buttons.addWidget(self.save_button)
        outer.addLayout(self.buttons)

    @property
    def error(self) -> str:
        """The sentence that is shown, "" where there is none."""
        return self._error.text() if not self._error.isHidden() else ""

    def add_row(self, text: str, field: QWidget) -> None:
        """A field with its label; the label's mnemonic (&) leads to it."""
        name = label(text)
        name.setBuddy(field)
        name.setMinimumHeight(34)
        field.setAccessibleName(text.replace("&", ""))
        self.form.addRow(name, field)
        edit = field.lineEdit() if isinstance(field, QComboBox) else field
        if isinstance(edit, QLineEdit) and hasattr(field, "value"):
            self.form.addRow("", FieldError(field, edit))

    def show_error(self, sentence: str) -> None:
        """Say what is wrong, and leave the form as it is."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    def save(self) -> None:
        """Store what the form holds; UserError refuses."""
        raise NotImplementedError

    def accept(self) -> None:
        """Store, and close only if that went well."""
        try:
            self.save()
        except UserError as refusal:
            self.show_error(str(refusal))
            return
        super().accept()


class FieldError(QLabel):
    """What is wrong with a field, in words under it, once the field has been left."""

    def __init__(self, field: QWidget, edit: QLineEdit) -> None:
        super().__init__()
        self.setObjectName("error")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.hide()
        self._field = field
        edit.editingFinished.connect(self._on_left)
        edit.textEdited.connect(self.hide)

    def _on_left(self) -> None:
        sentence = ""
        try:
            self._field.value()  # type: ignore[attr-defined]
        except UserError as refusal:
            sentence = str(refusal)
        self.setText(sentence)
        self.setVisible(bool(sentence))
        self._field.setProperty("bad", bool(sentence))
        self._field.setAccessibleDescription(sentence)
        self._field.style().unpolish(self._field)
        self._field.style().polish(self._field)


def tab_order(fields: Sequence[QWidget]) -> None:
    """Let Tab go through the fields in reading order."""
    for first, second in zip(fields, fields[1:], strict=False):
        QWidget.setTabOrder(first, second)

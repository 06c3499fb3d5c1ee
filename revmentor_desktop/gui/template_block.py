"""One block of a document as it is edited: its kind in words, its text, when it is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.letter_fields import Field
from revmentor_desktop.domain.templates import Fault
from revmentor_desktop.domain.wordings import MOST_COUNT, Written
from revmentor_desktop.gui.fields import ChoiceField, NumberField
from revmentor_desktop.gui.icons import icon
from revmentor_desktop.gui.template_fields import FieldList
from revmentor_desktop.gui.template_grid import Grid
from revmentor_desktop.gui.template_kinds import SHAPES
from revmentor_desktop.gui.template_text import WordEdit
from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import N_, _

CONDITIONS = {"when": N_("Only if"), "unless": N_("Only unless")}


class BlockFrame(QFrame):
    """The editor of one block.

    Signals:
        edited: anything of it was changed by hand.
        field_wanted: the list of fields was asked for.
        finished: Enter in a text of one line.
    """

    edited = Signal()
    field_wanted = Signal()
    finished = Signal()

    def __init__(self, block: Written, fields: Mapping[str, Field]) -> None:
        super().__init__()
        self.setObjectName("block")
        self._block, self._fields = block, fields
        self._shape = SHAPES[block.kind]
        self._last: WordEdit | None = None
        self._is_showing = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(10, 5, 10, 7)
        self._layout.setSpacing(2)
        title = label(_(self._shape.title), "heading")
        title.setIndent(9)
        title.setMinimumHeight(24)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(title)
        head.addStretch()
        self._layout.addLayout(head)
        self.conditions: dict[str, Condition] = {}
        self._head = head
        self.rows = self._rows_choice()
        self._words = self._make_words()
        if self._words is not None:
            self._layout.addWidget(self._words)
        self.count = self._count_field()
        self._error = label("", "error", wrap=True)
        self._error.setIndent(9)
        self._error.hide()
        self._layout.addWidget(self._error)
        self.show_block(block)
        if self.stops() == [self]:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setAccessibleName(_(self._shape.title))

    @property
    def error(self) -> str:
        """What is wrong with it, "" where nothing is."""
        return "" if self._error.isHidden() else self._error.text()

    def block(self) -> Written:
        """The block as it is written now."""
        return self._block

    def show_block(self, block: Written) -> None:
        """Show another block of the same kind."""
        self._block, self._is_showing = block, True
        for name in CONDITIONS:
            self._show_condition(name, getattr(block, name))
        if self._words is not None:
            self._words.set_lines(block.lines)
            # Dated steps and cards out of a list have no words of their own.
            self._words.setHidden(bool(block.rows) and block.kind != "table")
        if self.rows is not None:
            self.rows.set_value(block.rows)
        if self.count is not None:
            self.count.set_value(block.count)
        self._is_showing = False

    def edits(self) -> list[WordEdit]:
        """Its texts in reading order."""
        if isinstance(self._words, WordEdit):
            return [self._words]
        return self._words.edits() if self._words is not None else []

    @property
    def words(self) -> WordEdit | None:
        """The text that has or had the caret, else its first."""
        edits = self.edits()
        return self._last if self._last in edits else (edits[0] if edits else None)

    def stops(self) -> list[QWidget]:
        """Where Tab stops in it, in reading order: at least at the block as a whole."""
        edits: list[QWidget] = [edit for edit in self.edits() if not edit.isHidden()]
        more = [field for field in (self.rows, self.count) if field is not None]
        return [*edits, *more] or [self]

    def give_focus(self) -> None:
        """Go on writing here."""
        target = self.words or self.stops()[0]
        target.setFocus()

    def set_current(self, current: bool) -> None:
        """Show that the commands are about this block."""
        if bool(self.property("current")) != current:
            self.setProperty("current", current)
            self.style().unpolish(self)
            self.style().polish(self)

    def set_faults(self, faults: Sequence[Fault]) -> None:
        """Say what is wrong, in words under it."""
        several = len(self._block.lines) > 1
        said = [
            _("Line {n}: {what}").format(n=fault.line + 1, what=fault.sentence)
            if several and fault.line >= 0
            else fault.sentence
            for fault in faults
        ]
        self._error.setText("\n".join(said))
        self._error.setVisible(bool(said))
        for edit in self.edits():
            edit.setAccessibleDescription(self._error.text())

    def _on_edited(self) -> None:
        if self._is_showing:
            return
        block = self._block
        if self._words is not None:
            block = replace(block, lines=self._words.lines())
        if self.rows is not None:
            block = replace(block, rows=_chosen(self.rows, block.rows))
        if self.count is not None:
            block = replace(block, count=self.count.value())
        for name, condition in self.conditions.items():
            block = block.with_condition(name, condition.value())
        if block != self._block:
            self._block = block
            if self._words is not None:
                self._words.setHidden(bool(block.rows) and block.kind != "table")
            self.edited.emit()

    def _show_condition(self, name: str, field: str) -> None:
        # Most blocks have none, and a list of all fields takes a while to make.
        if field and name not in self.conditions:
            condition = Condition(name, self._fields)
            condition.edited.connect(self._on_edited)
            self._head.addWidget(condition)
            self.conditions[name] = condition
        if name in self.conditions:
            self.conditions[name].set_value(field)

    def _on_entered(self) -> None:
        sender = self.sender()
        self._last = sender if isinstance(sender, WordEdit) else self._last

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on a block is about it."""
        self.give_focus()
        super().mousePressEvent(event)

    def _make_words(self) -> WordEdit | Grid | None:
        shape = self._shape
        if shape.words == "grid":
            grid = Grid(self._fields, self._fit, shape.two_cells)
            grid.edited.connect(self._on_edited)
            return grid
        if not shape.words:
            return None
        edit = WordEdit(self._fields, shape.words == "line", shape.sign)
        edit.setAccessibleName(_(shape.title))
        edit.setPlaceholderText(_(shape.hint))
        edit.edited.connect(self._on_edited)
        edit.finished.connect(self.finished)
        self._fit(edit)
        return edit

    def _fit(self, edit: WordEdit) -> None:
        font = QFont(edit.font())
        font.setPointSize(self._shape.points)
        font.setWeight(QFont.Weight.DemiBold if self._shape.bold else QFont.Weight.Normal)
        edit.setFont(font)
        edit.entered.connect(self._on_entered)
        edit.field_wanted.connect(self.field_wanted)

    def _rows_choice(self) -> ChoiceField | None:
        if not self._shape.rows:
            return None
        lists = [(name, _(field.title)) for name, field in self._fields.items() if field.rows]
        made = ChoiceField([("", _("no list")), *lists], strict=True, blank=None)
        made.setAccessibleName(_("Rows out of a list"))
        made.setProperty("quiet", True)
        made.setMinimumContentsLength(28)
        made.currentIndexChanged.connect(self._on_edited)
        self._add_row(_("Rows from"), made)
        return made

    def _count_field(self) -> NumberField | None:
        if not self._shape.count:
            return None
        made = NumberField(0, MOST_COUNT)
        made.setMaximumWidth(80)
        made.setAccessibleName(_(self._shape.count))
        made.valueChanged.connect(self._on_edited)
        self._add_row(_(self._shape.count), made)
        return made

    def _add_row(self, text: str, field: QWidget) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(9, 0, 0, 0)
        row.addWidget(label(text, "muted"))
        row.addWidget(field)
        row.addStretch()
        self._layout.addLayout(row)


class Condition(QWidget):
    """When a block is left out: "only if" or "only unless" a field has a value.

    Signals:
        edited: another field was chosen, or the condition taken away.
    """

    edited = Signal()

    def __init__(self, name: str, fields: Mapping[str, Field]) -> None:
        super().__init__()
        self._name, self._value = name, ""
        # What only says whether comes first: that is what conditions are for.
        plain = ((key, field) for key, field in fields.items() if not field.rows)
        self._fields = dict(sorted(plain, key=lambda item: not item[1].condition))
        self.choice_button = button("", self.list_fields, kind="flat")
        remove = button("", self.clear, kind="flat")
        remove.setIcon(icon("x"))
        remove.setIconSize(QSize(14, 14))
        remove.setFixedWidth(28)
        words = _("Print this block always")
        remove.setToolTip(words)
        remove.setAccessibleName(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(label(_(CONDITIONS[name]), "muted"))
        row.addWidget(self.choice_button)
        row.addWidget(remove)

    def value(self) -> str:
        """The field's name, "" without a condition."""
        return self._value

    def set_value(self, name: str) -> None:
        """Show a condition, or none."""
        self._value = name
        title = _(self._fields[name].title) if name in self._fields else name
        self.choice_button.setText(title)
        self.choice_button.setAccessibleName(f"{_(CONDITIONS[self._name])}: {title}")
        self.setVisible(bool(name))

    def list_fields(self) -> None:
        """Let another field be chosen."""
        fields = FieldList(self._fields, self)
        fields.chosen.connect(self.choose)
        fields.show_at(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def choose(self, name: str) -> None:
        """Depend on this field."""
        self.set_value(name)
        self.edited.emit()

    def clear(self) -> None:
        """Take the condition away."""
        self.choose("")


def _chosen(choice: ChoiceField, before: str) -> str:
    """What is chosen; as it was while the text is none of the choices."""
    try:
        return choice.value() or ""
    except UserError:
        return before

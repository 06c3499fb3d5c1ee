"""What can be done to the blocks of a document: add, turn into, only if, move, remove, undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from revmentor_desktop.domain.letter_fields import offered
from revmentor_desktop.domain.templates import BlockKind
from revmentor_desktop.domain.wordings import Wording, Written
from revmentor_desktop.gui.icons import icon
from revmentor_desktop.gui.template_block import BlockFrame
from revmentor_desktop.gui.template_blocks import BlockList
from revmentor_desktop.gui.template_drafts import Draft
from revmentor_desktop.gui.template_fields import FieldList
from revmentor_desktop.gui.template_kinds import SHAPES, TEXT_KINDS, new_block
from revmentor_desktop.gui.widgets import button
from revmentor_desktop.i18n import _


class Toolbar(QWidget):
    """Commands about the block that has the keyboard; each is one step to be taken back."""

    def __init__(self, blocks: BlockList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blocks = blocks
        self._draft: Draft | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.add_button = button(_("&Add"), icon_name="plus")
        self.add_button.setMenu(self._add_menu())
        self.field_button = button(_("&Field"), self.list_fields)
        self.field_button.setToolTip(_("Put in what differs from letter to letter (Ctrl+Space)"))
        bold = self._small(_("B"), _("Bold (Ctrl+B)"), partial(self._mark, "**"))
        italic = self._small(_("I"), _("Italic (Ctrl+I)"), partial(self._mark, "*"))
        for one, change in ((bold, "setBold"), (italic, "setItalic")):
            font = one.font()
            getattr(font, change)(True)
            one.setFont(font)
        self.block_button = button(_("B&lock"))
        self.block_button.setMenu(self._block_menu())
        self._undo = self._small("", _("Undo (Ctrl+Z)"), self.undo, "undo-2")
        self._redo = self._small("", _("Redo (Ctrl+Shift+Z)"), self.redo, "redo-2")
        for widget in (self.add_button, self.field_button, bold, italic, self.block_button):
            widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(widget)
        row.addStretch()
        row.addWidget(self._undo)
        row.addWidget(self._redo)
        self.row = row
        blocks.field_wanted.connect(self.list_fields)
        blocks.finished.connect(self._on_finished)
        blocks.current_changed.connect(self._enable)

    def set_draft(self, draft: Draft) -> None:
        """Be about another document."""
        if self._draft is not None:
            self._draft.stack.indexChanged.disconnect(self._enable)
        self._draft = draft
        draft.stack.indexChanged.connect(self._enable)
        self._enable()

    # The commands

    def add(self, kind: BlockKind, _checked: bool = False) -> None:
        """A new block below the one with the keyboard."""
        at = self._blocks.current + 1
        blocks = list(self._written())
        blocks.insert(at, new_block(kind))
        self._change(_("Add: {what}").format(what=_(SHAPES[kind].title)), blocks, at)

    def turn_into(self, kind: BlockKind, _checked: bool = False) -> None:
        """The same words as another kind of block."""
        at, blocks = self._blocks.current, list(self._written())
        if at >= 0 and blocks[at].kind in TEXT_KINDS:
            lines = blocks[at].lines
            if SHAPES[kind].words == "line" and len(lines) > 1:
                lines = (" ".join(lines),)
            blocks[at] = replace(blocks[at], kind=kind, lines=lines)
            self._change(_("Turn into: {what}").format(what=_(SHAPES[kind].title)), blocks, at)

    def add_condition(self, name: str, _checked: bool = False) -> None:
        """Print the block "only if" (when) or "only unless" (unless) a field has a value."""
        at, blocks = self._blocks.current, list(self._written())
        if at >= 0 and self._draft is not None and not getattr(blocks[at], name):
            fields = offered(self._draft.kind)
            whether = [key for key, field in fields.items() if field.condition]
            first = (whether or list(fields))[0]
            blocks[at] = blocks[at].with_condition(name, first)
            self._change(_("Condition"), blocks, at)
            self._blocks.frames[at].conditions[name].choice_button.setFocus()

    def move_block(self, step: int, _checked: bool = False) -> None:
        """The block up (-1) or down (1)."""
        at, blocks = self._blocks.current, list(self._written())
        to = at + step
        if at >= 0 and 0 <= to < len(blocks):
            blocks[at], blocks[to] = blocks[to], blocks[at]
            self._change(_("Move up") if step < 0 else _("Move down"), blocks, to)

    def remove(self) -> None:
        """Take the block away."""
        at, blocks = self._blocks.current, list(self._written())
        if at >= 0:
            del blocks[at]
            self._change(_("Remove block"), blocks, min(at, len(blocks) - 1))

    def undo(self) -> None:
        """Take back the last step."""
        if self._draft is not None:
            self._draft.stack.undo()

    def redo(self) -> None:
        """Do it again."""
        if self._draft is not None:
            self._draft.stack.redo()

    def list_fields(self) -> None:
        """Let a field be chosen, and put it where the caret is."""
        frame = self._frame()
        words = frame.words if frame is not None else None
        if self._draft is None or words is None:
            return
        fields = {
            name: field
            for name, field in offered(self._draft.kind).items()
            if not field.condition and not field.rows
        }
        made = FieldList(fields, self)
        made.chosen.connect(words.insert_field)
        below = words.cursorRect().bottomLeft() + QPoint(0, 6)
        made.show_at(words.viewport().mapToGlobal(below))

    # What has happened

    def _on_finished(self, at: int) -> None:
        """Enter in a heading goes on in the paragraph below it."""
        blocks = self._written()
        if at + 1 < len(blocks) and SHAPES[blocks[at + 1].kind].words:
            self._blocks.select(at + 1)
        else:
            self._blocks.select(at)
            self.add("paragraph")

    def _enable(self) -> None:
        at, blocks = self._blocks.current, self._written()
        self.block_button.setEnabled(at >= 0)
        self.field_button.setEnabled((frame := self._frame()) is not None and bool(frame.edits()))
        is_text = at >= 0 and at < len(blocks) and blocks[at].kind in TEXT_KINDS
        self._turn.setEnabled(is_text)
        stack = self._draft.stack if self._draft is not None else None
        self._undo.setEnabled(stack is not None and stack.canUndo())
        self._redo.setEnabled(stack is not None and stack.canRedo())

    def _frame(self) -> BlockFrame | None:
        at = self._blocks.current
        return self._blocks.frames[at] if at >= 0 else None

    def _written(self) -> tuple[Written, ...]:
        return self._draft.wording.blocks if self._draft is not None else ()

    def _change(self, text: str, blocks: Sequence[Written], at: int) -> None:
        if self._draft is not None:
            changed = Wording(self._draft.wording.title, tuple(blocks))
            self._draft.change(text, changed)
            self._blocks.select(at)

    def _mark(self, sign: str, _checked: bool = False) -> None:
        frame = self._frame()
        if frame is not None and frame.words is not None:
            frame.words.mark(sign)
            frame.words.setFocus()

    def _small(
        self, text: str, words: str, act: Callable[[], object], icon_name: str = ""
    ) -> QPushButton:
        made = QPushButton(text)
        if icon_name:
            made.setIcon(icon(icon_name))
            made.setIconSize(QSize(16, 16))
        made.setProperty("small", True)
        made.setFixedWidth(36)
        made.setToolTip(words)
        made.setAccessibleName(words.partition(" (")[0])
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(act)
        return made

    def _add_menu(self) -> QMenu:
        menu = QMenu(self)
        for kind, shape in SHAPES.items():
            if kind in ("table", "lines", "address", "space"):
                menu.addSeparator()
            menu.addAction(_(shape.title)).triggered.connect(partial(self.add, kind))
        return menu

    def _block_menu(self) -> QMenu:
        menu = QMenu(self)
        self._turn = menu.addMenu(_("&Turn into"))
        for kind in TEXT_KINDS:
            made = self._turn.addAction(_(SHAPES[kind].title))
            made.triggered.connect(partial(self.turn_into, kind))
        menu.addAction(_("Only &if …")).triggered.connect(partial(self.add_condition, "when"))
        menu.addAction(_("Only &unless …")).triggered.connect(partial(self.add_condition, "unless"))
        menu.addSeparator()
        for text, keys, act in (
            (_("Move u&p"), "Alt+Up", partial(self.move_block, -1)),
            (_("Move &down"), "Alt+Down", partial(self.move_block, 1)),
            (_("&Remove block"), "Ctrl+Shift+Backspace", self.remove),
        ):
            menu.addAction(self._action(text, act, QKeySequence(keys)))
        self._action(_("Undo"), self.undo, QKeySequence("Ctrl+Z"))
        self._action(_("Redo"), self.redo, QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y"))
        return menu

    def _action(self, text: str, act: Callable[[], object], *keys: QKeySequence) -> QAction:
        made = QAction(text, self)
        made.setShortcuts(list(keys))
        made.triggered.connect(act)
        self.addAction(made)
        return made

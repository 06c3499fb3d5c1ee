"""The blocks of a document below each other, each edited as what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from revmentor_desktop.domain.letter_fields import Field
from revmentor_desktop.domain.templates import Fault
from revmentor_desktop.domain.wordings import Written
from revmentor_desktop.gui.dialog import tab_order
from revmentor_desktop.gui.template_block import BlockFrame
from revmentor_desktop.gui.widgets import label
from revmentor_desktop.i18n import _


class BlockList(QScrollArea):
    """All blocks of one document.

    Signals:
        edited: the block that was changed by hand, counted from 0.
        current_changed: another block has the keyboard.
        field_wanted: the list of fields was asked for.
        finished: Enter in a block of one line.
    """

    edited = Signal(int)
    current_changed = Signal(int)
    field_wanted = Signal()
    finished = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fields: Mapping[str, Field] = {}
        self._frames: list[BlockFrame] = []
        self._current: BlockFrame | None = None
        self._layout = QVBoxLayout()
        self._none = label("", "muted", wrap=True)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    @property
    def frames(self) -> Sequence[BlockFrame]:
        """The blocks' editors in order."""
        return tuple(self._frames)

    @property
    def current(self) -> int:
        """Which block the commands are about, counted from 0; -1 where there is none."""
        return self._frames.index(self._current) if self._current in self._frames else -1

    def blocks(self) -> tuple[Written, ...]:
        """The blocks as they are written now."""
        return tuple(frame.block() for frame in self._frames)

    def show_document(self, blocks: Sequence[Written], fields: Mapping[str, Field]) -> None:
        """Show another document, from its head."""
        self._fields = fields
        # A page of its own, filled before it is shown: Qt lays it out and styles it only once.
        page = QWidget()
        page.setObjectName("page")
        self._layout = QVBoxLayout(page)
        self._layout.setContentsMargins(6, 8, 10, 8)
        self._layout.setSpacing(2)
        self._none = label(_("This document is empty. Add a block."), "muted", wrap=True)
        self._layout.addWidget(self._none)
        self._layout.addStretch()
        self._frames = []
        self._replace(0, 0, blocks)
        self.setWidget(page)
        self.verticalScrollBar().setValue(0)
        self._set_current(self._frames[0] if self._frames else None)

    def show_blocks(self, blocks: Sequence[Written]) -> None:
        """Show the same document changed: what has stayed is left alone, caret and all."""
        old = self.blocks()
        start = 0
        while start < min(len(old), len(blocks)) and old[start] == blocks[start]:
            start += 1
        end = 0
        most = min(len(old), len(blocks)) - start
        while end < most and old[-1 - end] == blocks[-1 - end]:
            end += 1
        changed = blocks[start : len(blocks) - end]
        frames = self._frames[start : len(old) - end]
        if [frame.block().kind for frame in frames] == [block.kind for block in changed]:
            for frame, block in zip(frames, changed, strict=True):
                frame.show_block(block)
        else:
            self._replace(start, len(old) - end, changed)

    def select(self, at: int) -> None:
        """Go on writing in a block."""
        if self._frames:
            frame = self._frames[max(0, min(at, len(self._frames) - 1))]
            self._set_current(frame)
            frame.give_focus()
            # Its height is known once the layout has run.
            QTimer.singleShot(0, self, self._show_current)

    def set_faults(self, faults: Sequence[Fault]) -> None:
        """Say under each block what is wrong with it."""
        for at, frame in enumerate(self._frames):
            frame.set_faults([fault for fault in faults if fault.block == at])

    def _on_edited(self) -> None:
        self.edited.emit(self._frames.index(self._sender()))

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        while now is not None and not isinstance(now, BlockFrame):
            now = now.parentWidget()
        if now in self._frames:
            self._set_current(now)

    def _on_finished(self) -> None:
        self.finished.emit(self._frames.index(self._sender()))

    def _sender(self) -> BlockFrame:
        frame = self.sender()
        assert isinstance(frame, BlockFrame)
        return frame

    def _show_current(self) -> None:
        if self._current is not None:
            self.ensureWidgetVisible(self._current, 0, 24)

    def _set_current(self, frame: BlockFrame | None) -> None:
        if frame is not self._current:
            if self._current in self._frames and self._current is not None:
                self._current.set_current(False)
            self._current = frame
            if frame is not None:
                frame.set_current(True)
        self.current_changed.emit(self.current)

    def _replace(self, start: int, end: int, blocks: Sequence[Written]) -> None:
        for frame in self._frames[start:end]:
            self._layout.removeWidget(frame)
            frame.hide()
            frame.deleteLater()
        made = [self._frame(block) for block in blocks]
        for at, frame in enumerate(made):
            self._layout.insertWidget(start + at, frame)
        self._frames[start:end] = made
        if self._current not in self._frames:
            self._current = None
        self._none.setVisible(not self._frames)
        self._order()

    def _order(self) -> None:
        """Let Tab go from block to block in reading order."""
        tab_order([stop for frame in self._frames for stop in frame.stops()])

    def _frame(self, block: Written) -> BlockFrame:
        frame = BlockFrame(block, self._fields)
        frame.edited.connect(self._on_edited)
        frame.finished.connect(self._on_finished)
        frame.field_wanted.connect(self.field_wanted)
        return frame

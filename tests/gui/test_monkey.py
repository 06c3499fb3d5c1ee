"""A seeded monkey on the window: no exception, and undoing everything brings the content back."""

from __future__ import annotations

import os
import random

import pytest
from PySide6.QtCore import QPoint, Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QMenu,
    QWidget,
)
from sqlalchemy import text
from sqlalchemy.orm import Session

from revmentor_desktop.domain.schema import METADATA
from revmentor_desktop.gui import pack_output, printing
from revmentor_desktop.gui.main_window import MainWindow

EVENTS = int(os.environ.get("REVMENTOR_EVENTS", "500"))
"""`make faults` asks for 3000, which take two minutes."""
SEED = 7
KEYS = (
    Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Up,
    Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right,
    Qt.Key.Key_Backspace, Qt.Key.Key_A, Qt.Key.Key_5, Qt.Key.Key_Comma,
)  # fmt: skip
COMMANDS = (
    "undo", "redo", "copy", "paste", "delete", "select_all", "find", "today", "staff", "pairs",
    "sessions", "benefits", "refresh", "add_person", "log_session", "pair_by_hand",
    "edit_programme", "propose_roles", "propose_pairs", "organisation", "about", "close_programme",
)  # fmt: skip


def content(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """All that undo is answerable for."""
    return {
        table.name: [tuple(row) for row in session.execute(text(f"SELECT * FROM {table.name}"))]
        for table in METADATA.sorted_tables
        if not table.info.get("ledger")
    }


def reachable(window: MainWindow) -> QWidget:
    """Where a click can go now: the open menu, the dialog on top, or the window."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        return popup
    dialogs = [one for one in window.findChildren(QDialog) if one.isVisible()]
    return dialogs[-1] if dialogs else window


def act(window: MainWindow, chance: random.Random) -> None:
    top = reachable(window)
    kind = chance.random()
    if kind < 0.45:
        spot = QPoint(chance.randrange(top.width()), chance.randrange(top.height()))
        target = top.childAt(spot) or top
        click = QTest.mouseDClick if chance.random() < 0.2 else QTest.mouseClick
        click(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(top, spot))
    elif kind < 0.9:
        target = QApplication.focusWidget() or top
        QTest.keyClick(target, chance.choice(KEYS))
    elif top is window:
        window.run_command(chance.choice(COMMANDS))
    elif isinstance(top, QMenu) or chance.random() < 0.4:
        top.close()


@pytest.mark.timeout(400)
def test_a_monkey_loses_nothing(sample_window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window = sample_window
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_a, **_k: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: "")
    monkeypatch.setattr(printing, "ask", lambda *_a: False)
    monkeypatch.setattr(pack_output, "_open", lambda _path: None)
    monkeypatch.setattr(window, "close_file", lambda: None)
    assert window.context is not None
    context = window.context
    context.undo_stack.setUndoLimit(0)
    before = context.read(content)
    chance = random.Random(SEED)
    for _event in range(EVENTS):
        act(window, chance)
        QApplication.processEvents()
        assert window.context is context, "the monkey left the file"
        if not window.isVisible():
            window.show()
    for dialog in window.findChildren(QDialog):
        dialog.close()
    QThreadPool.globalInstance().waitForDone(10_000)
    QApplication.processEvents()
    while context.undo_stack.canRedo():  # the monkey may have undone its last steps
        context.undo_stack.redo()
    after = context.read(content)
    while context.undo_stack.canUndo():
        context.undo_stack.undo()
    assert context.read(content) == before
    while context.undo_stack.canRedo():
        context.undo_stack.redo()
    assert context.read(content) == after
    monkeypatch.undo()

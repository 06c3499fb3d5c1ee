"""A list that is ticked off from a stack of paper, without the mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from revmentor_desktop.gui.notice_bar import NoticeBar
from revmentor_desktop.gui.tick_list import Tickable, TickList

LINES = [
    Tickable(3, "P003  Ann Ash · Bo Birch", "Active"),
    Tickable(7, "P007  Cid Cedar · Dan Dogwood", "Active"),
    Tickable(9, "P009  Eve Elm · Ann Alder", "Paused"),
]


@pytest.fixture
def ticks(show: Callable[[QWidget], None]) -> TickList:
    made = TickList("Agreements")
    made.fill(LINES, ticked=[9])
    show(made)
    return made


def press(widget: QWidget, text: str, qtbot: QtBot) -> None:
    [found] = [b for b in widget.findChildren(QPushButton) if b.text() == text and b.isVisible()]
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def test_enter_ticks_the_only_line_that_is_found(ticks: TickList, qtbot: QtBot) -> None:
    qtbot.keyClicks(ticks.search, "ann")
    qtbot.keyClick(ticks.search, Qt.Key.Key_Return)
    assert ticks.ticked() == [9], "two lines are found: neither is ticked"
    qtbot.keyClicks(ticks.search, " ash")
    qtbot.keyClick(ticks.search, Qt.Key.Key_Return)
    assert ticks.ticked() == [3, 9]
    assert ticks.search.text() == ""


def test_down_and_space(ticks: TickList, qtbot: QtBot) -> None:
    qtbot.keyClicks(ticks.search, "cedar")
    qtbot.keyClick(ticks.search, Qt.Key.Key_Down)
    qtbot.keyClick(ticks.list, Qt.Key.Key_Space)
    assert ticks.ticked() == [7, 9]


def test_all_and_none_keep_to_what_is_found(ticks: TickList, qtbot: QtBot) -> None:
    qtbot.keyClicks(ticks.search, "active")
    press(ticks, "Tick all", qtbot)
    assert ticks.ticked() == [3, 7, 9]
    press(ticks, "Tick none", qtbot)
    assert ticks.ticked() == [9], "the line that is not found keeps its tick"


def test_a_notice_goes_when_it_is_answered(show: Callable[[QWidget], None], qtbot: QtBot) -> None:
    told: list[str] = []
    holder = QWidget()
    bar = NoticeBar(holder)
    show(holder)
    bar.say("warn", "7 baselines <b>outstanding</b>.", [("Print", lambda: told.append("print"))])
    assert bar.text == "7 baselines <b>outstanding</b>."
    press(bar, "Print", qtbot)
    assert told == ["print"]
    assert bar.text == ""
    bar.say("ok", "Done")
    press(bar, "Dismiss", qtbot)
    assert bar.text == ""

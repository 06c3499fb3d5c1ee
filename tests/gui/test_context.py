"""The three verbs: read, do (with undo and refresh), and start (with progress and cancel)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from revmentor_desktop import i18n
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.gui import progress_sheet
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.progress_sheet import ProgressSheet
from revmentor_desktop.services import staff
from revmentor_desktop.services.staff_table import StaffTable

TABLE = StaffTable(None)


def names(context: Context) -> list[str]:
    rows = context.read(TABLE.rows, context.read(TABLE.ids, "full_name", False, {}))
    return sorted(row.name for row in rows.values())


def test_what_is_done_is_told_and_can_be_taken_back(
    context: Context, qtbot: QtBot, said: Sequence[tuple[str, bool]]
) -> None:
    before = names(context)
    with qtbot.waitSignal(context.changed) as changed:
        context.do("Fay added", staff.add, {"full_name": "Fay Fir"})
    assert "staff" in changed.args[0]
    assert said == [("Fay added", True)]
    assert "Fay Fir" in names(context)
    context.undo_stack.undo()
    assert names(context) == before
    context.undo_stack.redo()
    assert "Fay Fir" in names(context)


def test_undo_tells_the_tables_that_it_changed(context: Context, qtbot: QtBot) -> None:
    context.do("", staff.add, {"full_name": "Fay Fir"})
    with qtbot.waitSignal(context.changed) as changed:
        context.undo_stack.undo()
    assert "staff" in changed.args[0]


def test_a_refusal_reaches_the_form_and_leaves_nothing(
    context: Context, said: Sequence[tuple[str, bool]]
) -> None:
    with pytest.raises(UserError, match="needs a name"):
        context.do("Added", staff.add, {"full_name": " "})
    assert not said
    assert not context.undo_stack.canUndo()


def test_a_tab_lets_the_window_say_the_refusal(context: Context, refused: Sequence[str]) -> None:
    assert context.attempt("Added", staff.add, {"full_name": ""}) is None
    assert refused == ["A person needs a name."]


def test_a_job_runs_elsewhere_and_its_result_arrives_here(context: Context, qtbot: QtBot) -> None:
    where: list[threading.Thread] = []

    def job(number: int, progress: Callable[[int, int], None]) -> int:
        progress(1, 1)
        where.append(threading.current_thread())
        return number * 2

    def done(value: int) -> None:
        where.append(threading.current_thread())
        results.append(value)

    results: list[int] = []
    task = context.start(job, 21, on_done=done)
    with qtbot.waitSignal(task.ended):
        pass
    assert results == [42]
    assert where[0] is not threading.main_thread()
    assert where[1] is threading.main_thread()


def test_a_job_speaks_the_language_of_the_window(context: Context, qtbot: QtBot) -> None:
    def job(progress: Callable[[int, int], None]) -> str:
        return i18n.format_number(1000)

    results: list[str] = []
    with i18n.language("de_DE"):
        task = context.start(job, on_done=results.append)
    with qtbot.waitSignal(task.ended):
        pass
    assert results == ["1.000"]


def test_a_cancelled_job_stops_and_tells_nobody(context: Context, qtbot: QtBot) -> None:
    steps: list[int] = []
    go_on = threading.Event()

    def job(progress: Callable[[int, int], None]) -> None:
        for step in range(1000):
            progress(step, 1000)
            steps.append(step)
            go_on.wait(5)

    results: list[object] = []
    task = context.start(job, on_done=results.append)
    with qtbot.waitSignal(task.ended):
        task.cancel()
        go_on.set()
    assert len(steps) <= 2
    assert not results


def test_a_result_for_a_closed_dialog_is_dropped(context: Context, qtbot: QtBot) -> None:
    go_on = threading.Event()

    def job(progress: Callable[[int, int], None]) -> str:
        go_on.wait(5)
        return "late"

    dialog = QLabel()
    first = context.start(job, on_done=dialog.setText)
    second = context.start(job, on_done=partial(dialog.setText))
    with qtbot.waitSignal(dialog.destroyed):
        dialog.deleteLater()
    with qtbot.waitSignals([first.ended, second.ended]):
        go_on.set()


def test_a_task_stopped_before_it_began_does_nothing(context: Context, qtbot: QtBot) -> None:
    ran: list[object] = []
    task = context.start(ran.append, on_done=ran.append)
    with qtbot.waitSignal(task.ended):
        task.cancel()
    assert not ran


@pytest.mark.parametrize("is_ours", [True, False])
def test_a_failure_is_said_or_reported(context: Context, qtbot: QtBot, is_ours: bool) -> None:
    def job(progress: Callable[[int, int], None]) -> None:
        raise ValueError("bug") if is_ours else UserError("The disk is full.")

    signal: Any = context.crashed if is_ours else context.refused
    with qtbot.waitSignal(signal) as told:
        context.start(job, on_done=print)
    assert isinstance(told.args[0], ValueError) if is_ours else told.args == ["The disk is full."]


def test_a_long_task_shows_what_happens_and_can_be_stopped(
    context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_sheet, "QUIET_MS", 5)
    monkeypatch.setattr(progress_sheet, "BAR_MS", 10)
    go_on = threading.Event()

    def job(progress: Callable[[int, int], None]) -> None:
        progress(1, 2)
        go_on.wait(5)
        progress(2, 2)

    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    task = context.start(job, on_done=print, label="Bringing in the list")
    sheet = ProgressSheet(task, window)
    assert not sheet.isVisible()
    qtbot.waitUntil(sheet.cancel_button.isVisible)
    qtbot.waitUntil(lambda: (sheet.bar.value(), sheet.bar.maximum()) == (1, 2))
    with qtbot.waitSignal(sheet.destroyed):
        sheet.cancel_button.click()
        go_on.set()
    assert task.is_cancelled


def test_nothing_is_shown_of_a_short_task(context: Context, qtbot: QtBot) -> None:
    def job(progress: Callable[[int, int], None]) -> None:
        progress(1, 1)

    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    sheet = ProgressSheet(context.start(job, on_done=print, label="Short"), window)
    with qtbot.waitSignal(sheet.destroyed):
        pass

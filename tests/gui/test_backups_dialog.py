"""Restore: dates in words, three clicks, and a way back to what was there before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from PySide6.QtWidgets import QDialog

from revmentor_desktop.gui.backups_dialog import BackupsDialog, moment_words
from revmentor_desktop.gui.main_window import MainWindow
from revmentor_desktop.services import organisation

Find = Callable[[type[QDialog]], QDialog]


def rename(window: MainWindow, name: str) -> None:
    assert window.context is not None
    window.context.do(f"Now {name}", organisation.save_settings, {"name": name})


def open_dialog(window: MainWindow, dialog: Find) -> BackupsDialog:
    window.actions_by_name["restore"].trigger()
    found = dialog(BackupsDialog)
    assert isinstance(found, BackupsDialog)
    return found


def test_three_clicks_lead_back(open_window: MainWindow, dialog: Find) -> None:
    open_window.actions_by_name["back_up"].trigger()
    rename(open_window, "Something else")
    found = open_dialog(open_window, dialog)
    found.list.setCurrentIndex(found.list.model().index(0, 0))
    found.save_button.click()
    assert open_window.windowTitle() == "Harbour Bank – RevMentor"
    assert open_window.toast.text == "Restored as it was: Today, 09:00"


def test_a_restore_empties_undo_and_can_itself_be_restored(
    open_window: MainWindow, dialog: Find
) -> None:
    open_window.actions_by_name["back_up"].trigger()
    rename(open_window, "Something else")
    open_dialog(open_window, dialog).accept()
    assert not open_window.actions_by_name["undo"].isEnabled()
    found = open_dialog(open_window, dialog)
    reasons = [
        item.text(1)
        for at in range(found.list.topLevelItemCount())
        if (item := found.list.topLevelItem(at)) is not None
    ]
    found.list.setCurrentIndex(
        found.list.model().index(reasons.index("Before an earlier restore"), 0)
    )
    found.accept()
    assert open_window.windowTitle() == "Something else – RevMentor"


def test_without_a_backup_there_is_nothing_to_choose() -> None:
    found = BackupsDialog([], lambda _backup: None, date(2026, 3, 2))
    assert not found.save_button.isEnabled()
    found.accept()
    assert found.error == "Choose a date."


def test_a_damaged_backup_is_refused_in_place(open_window: MainWindow, dialog: Find) -> None:
    assert open_window.context is not None
    open_window.context.workspace.back_up()
    for backup in open_window.context.workspace.backups():
        content = bytearray(backup.path.read_bytes())
        content[5000] ^= 255
        backup.path.write_bytes(bytes(content))
    rename(open_window, "Something else")
    found = open_dialog(open_window, dialog)
    found.accept()
    assert found.isVisible()
    assert found.error == "This backup is damaged. Choose another date."
    assert open_window.windowTitle() == "Something else – RevMentor"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 3, 2, 9, 5), "Today, 09:05"),
        (datetime(2026, 3, 1, 23, 59), "Yesterday, 23:59"),
        (datetime(2025, 12, 24, 8, 0), "24 December 2025, 08:00"),
    ],
)
def test_dates_are_said_in_words(moment: datetime, words: str) -> None:
    assert moment_words(moment, date(2026, 3, 2)) == words

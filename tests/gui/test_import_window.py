"""The window that brings in a staff list: what it counts, lists and says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.import_window import ImportWindow
from revmentor_desktop.services import programmes
from tests import factory

Load = Callable[..., ImportWindow]


@pytest.fixture
def load(context: Context, qtbot: QtBot, tmp_path: Path) -> Load:
    """Opens the window on a list of these lines."""

    def opened(*lines: str) -> ImportWindow:
        path = tmp_path / "list.csv"
        path.write_text("\n".join(lines), "utf-8")
        dialog = ImportWindow(context, next(iter(context.read(programmes.rows)), None))
        dialog.open()
        dialog.load(path)
        qtbot.waitUntil(lambda: bool(dialog.boxes), timeout=20_000)
        return dialog

    return opened


def test_a_manager_who_is_nobody_is_told_before_and_after(
    load: Load, qtbot: QtBot, said: Sequence[tuple[str, bool]]
) -> None:
    rows = [f"Person {at},N{at},{'D7777' if at == 3 else 'N0'}" for at in range(1, 12)]
    dialog = load("Name,Staff number,Manager number", "Top,N0,", *rows)
    assert "10 with a manager" in dialog.summary
    assert [dialog.problems.item(at).text() for at in range(dialog.problems.count())] == [
        "Row 5, Manager number: “D7777” is nobody in this list or among your staff. "
        "The manager is left blank."
    ]
    assert dialog.store_button.text() == "Bring in 12 people"
    assert dialog.store_button.width() >= dialog.store_button.sizeHint().width(), "not cut"
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        qtbot.mouseClick(dialog.store_button, Qt.MouseButton.LeftButton)
    assert "1 manager is not known and left blank" in said[-1][0]


@pytest.mark.parametrize("has_programme", [True, False])
def test_roles_of_a_list_need_a_programme(
    context: Context, load: Load, qtbot: QtBot, said: Sequence[tuple[str, bool]],
    has_programme: bool,
) -> None:  # fmt: skip
    if has_programme:
        context.do("", factory.programme)
    dialog = load("Name,Role", "Ann Ash,Mentor", "Fay Fir,both", "Gil Gum,")
    text = "2 with a role in Spring" if has_programme else "make a programme first"
    assert text in dialog.summary
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        qtbot.mouseClick(dialog.store_button, Qt.MouseButton.LeftButton)
    assert ("2 candidates with a role" in said[-1][0]) == has_programme


def test_another_field_is_checked_at_once(load: Load) -> None:
    dialog = load("Name,Boss", "Ann Ash,Bea Birch", "Bea Birch,")
    assert "1 with a manager" in dialog.summary
    box = dialog.boxes[1]
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert "0 with a manager" in dialog.summary
    box.setCurrentIndex(box.findData("full_name"))
    box.activated.emit(box.currentIndex())
    assert "is chosen for two columns" in dialog.error
    assert not dialog.store_button.isEnabled()
    dialog.reject()

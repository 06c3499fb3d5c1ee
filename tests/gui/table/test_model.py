"""The table's model on the real staff table: search, order, filters, refresh and edits."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QModelIndex
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.table import model as model_module
from revmentor_desktop.gui.table import search
from revmentor_desktop.gui.table.model import ACCESSIBLE, DISPLAY, TableModel
from revmentor_desktop.services import staff
from revmentor_desktop.services.staff_table import StaffTable


@pytest.fixture
def model(context: Context) -> TableModel:
    made = TableModel(context, StaffTable(None))
    made.reload()
    return made


def names(model: TableModel) -> list[str]:
    return [model.index(row, 0).data(DISPLAY) for row in range(model.rowCount())]


def id_of(model: TableModel, name: str) -> int:
    return model.id_at(names(model).index(name))


ALL = ["Ann Ash", "Bea Birch", "Cid Cedar", "Dan Dogwood", "Eve Elm"]


def test_it_is_a_proper_model(model: TableModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)
    assert names(model) == ALL


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dan", ["Dan Dogwood"]),
        ("ANN oslo", ["Ann Ash"]),
        ("  finance   eve", ["Eve Elm"]),
        ("nobody", []),
        ("", ALL),
    ],
)
def test_a_search_shows_the_rows_that_hold_every_word(
    model: TableModel, typed: str, found: list[str]
) -> None:
    model.set_search(typed)
    assert names(model) == found


def test_typing_on_and_back_gives_the_same_as_typing_at_once(model: TableModel) -> None:
    for typed in ("a", "an", "ann", "an", "a", "a ", "a p"):
        model.set_search(typed)
    assert names(model) == ["Cid Cedar", "Dan Dogwood"]


def test_the_search_outlives_order_and_filter(model: TableModel) -> None:
    model.set_search("o")
    model.sort_by("full_name", True)
    assert names(model) == ["Eve Elm", "Dan Dogwood", "Cid Cedar", "Bea Birch", "Ann Ash"]
    model.set_filters({"site": "Porto", "department": None})
    assert names(model) == ["Dan Dogwood", "Cid Cedar"]
    model.set_search("")
    assert names(model) == ["Dan Dogwood", "Cid Cedar"]
    assert model.is_narrowed


def test_an_edited_row_stays_and_is_found_by_its_new_words(
    model: TableModel, context: Context
) -> None:
    model.set_search("ann")
    model.set_search("")
    model.set_values([id_of(model, "Ann Ash")], {"full_name": "Zoë Ash"}, "Name changed")
    assert names(model) == ["Zoë Ash", *ALL[1:]]
    model.set_search("zoë")
    assert names(model) == ["Zoë Ash"]
    model.set_search("zo dogwood")
    assert names(model) == []
    model.set_search("dogwood")
    assert names(model) == ["Dan Dogwood"]
    model.set_search("")
    context.undo_stack.undo()
    assert names(model) == ALL


def test_an_edit_that_leaves_the_order_wrong_does_not_mix_up_a_search(model: TableModel) -> None:
    model.set_values([id_of(model, "Ann Ash")], {"full_name": "Zed Zelkova"})
    for name in ("Bea Birch", "Cid Cedar", "Eve Elm", "Zed Zelkova"):
        model.set_search(name)
        assert names(model) == [name]


def test_other_rows_that_name_what_was_edited_show_it(model: TableModel, qtbot: QtBot) -> None:
    manager = [column.key for column in model.columns].index("manager")
    ann, bea = id_of(model, "Ann Ash"), id_of(model, "Bea Birch")
    model.set_values([bea], {"manager": ann})
    model.set_values([ann], {"full_name": "Ann Aspen"})
    qtbot.waitUntil(lambda: model.index(1, manager).data(DISPLAY) == "Ann Aspen")


def test_a_refused_edit_changes_nothing(model: TableModel, context: Context) -> None:
    with pytest.raises(UserError):
        model.set_values([id_of(model, "Ann Ash")], {"full_name": ""})
    assert names(model) == ALL
    context.do("", staff.add, {"full_name": "Fay Fir"})
    assert names(model) == [*ALL, "Fay Fir"]


def test_it_follows_what_others_write(model: TableModel, context: Context) -> None:
    model.set_search("fir")
    context.do("", staff.add, {"full_name": "Fay Fir"})
    assert names(model) == ["Fay Fir"]
    context.undo_stack.undo()
    assert names(model) == []


def test_first_hits_come_at_once_and_the_rest_when_idle(
    context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "SLICE", 2)
    monkeypatch.setattr(search, "FIRST_HITS", 1)
    model = TableModel(context, StaffTable(None))
    model.reload()
    told: list[tuple[int, int]] = []
    model.counted.connect(lambda shown, total: told.append((shown, total)))
    model.set_search("o")
    assert names(model) == ["Ann Ash", "Bea Birch"]
    assert told == [(-1, 5)]
    with qtbot.waitSignal(model.rowsInserted):
        pass
    assert names(model) == ["Ann Ash", "Bea Birch", "Cid Cedar", "Dan Dogwood", "Eve Elm"]
    assert told[-1] == (5, 5)


def test_a_large_table_reads_its_texts_aside(
    context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_module, "LARGE", 2)
    model = TableModel(context, StaffTable(None))
    model.reload()
    model.set_search("birch")
    qtbot.waitUntil(lambda: names(model) == ["Bea Birch"])
    model.reload()
    context.do("", staff.add, {"full_name": "Bo Birch"})
    qtbot.waitUntil(lambda: names(model) == ["Bea Birch", "Bo Birch"])


def test_every_cell_says_its_text_to_a_screen_reader(model: TableModel) -> None:
    for column in range(model.columnCount()):
        index = model.index(0, column)
        assert index.data(ACCESSIBLE) == index.data(DISPLAY)
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.columnCount(QModelIndex()) == len(model.columns)


def test_rows_are_read_in_blocks(
    model: TableModel, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    rows = StaffTable.rows

    def counted(self: StaffTable, session: object, ids: Sequence[int]) -> dict[int, object]:
        asked.append(len(ids))
        return rows(self, session, ids)  # type: ignore[arg-type,return-value]

    monkeypatch.setattr(StaffTable, "rows", counted)
    model.sort_by("department", False)
    assert len(names(model)) == 5
    assert asked == [5]

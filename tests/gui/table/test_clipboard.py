"""Copying rows for a spreadsheet, and pasting a block from one: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from PySide6.QtGui import QGuiApplication

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.table.clipboard import pasted
from revmentor_desktop.services.staff_table import StaffTable

TABLE = StaffTable(None)
SITE, STARTED, LEVEL = (TABLE.column(key) for key in ("site", "start_date", "level"))
STATUS = TABLE.column("status")


def paste(context: Context, text: str, ids: Sequence[int] = (1, 2, 3)) -> object:
    return pasted(text, [SITE, STARTED, STATUS], ids, [], context)


def test_a_block_becomes_one_change_for_each_row(context: Context) -> None:
    assert paste(context, "Rome\t3/4/2026\r\n\t\r\n") == [
        (1, {"site": "Rome", "start_date": date(2026, 4, 3)}),
        (2, {"site": None, "start_date": None}),
    ]


def test_one_line_fills_all_chosen_rows(context: Context) -> None:
    assert pasted("Rome", [SITE], [7], [7, 9], context) == [
        (7, {"site": "Rome"}),
        (9, {"site": "Rome"}),
    ]


def test_a_cell_may_hold_a_line_break_or_quotes(context: Context) -> None:
    assert paste(context, '"Ro\nme"\ttoday\n') == [
        (1, {"site": "Ro\nme", "start_date": date(2026, 3, 2)})
    ]
    assert paste(context, '"the ""Hub"""') == [(1, {"site": 'the "Hub"'})]
    assert paste(context, '12" shelf\tt') == [
        (1, {"site": '12" shelf', "start_date": date(2026, 3, 2)})
    ]


def test_unusual_spaces_do_not_start_a_row(context: Context) -> None:
    assert paste(context, "Ro\u2028me") == [(1, {"site": "Ro\u2028me"})]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "nothing to paste"),
        ("a\nb\nc\nd", "4 rows, but there are only 3"),
        ("a\tt\tLeft\tx", "4 columns, but there are only 3"),
        ("a\tt\tLeft", "“Status” cannot be changed"),
        ("a\t31 Feb 2026", "Row 1, Started: “31 Feb 2026” cannot be used"),
    ],
)
def test_what_cannot_be_pasted_is_refused_in_one_sentence(
    context: Context, text: str, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        paste(context, text)


def test_a_choice_must_be_one_of_the_choices_where_they_are_strict(context: Context) -> None:
    with pytest.raises(UserError, match="Row 1, Level: “Emperor” is not one of the choices"):
        pasted("Emperor", [LEVEL], [1], [], context)


def test_the_clipboard_is_a_real_one() -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("a\tb")
    assert clipboard.text() == "a\tb"

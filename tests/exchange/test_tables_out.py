"""Exports hold values, never formulas."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from unittest.mock import patch

import pytest
from openpyxl import load_workbook

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.exchange.calendar_out import Event, write_ics
from revmentor_desktop.exchange.tables_out import write_csv, write_xlsx

RISKY = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1", "＋1", "－1", "＠x", "\x00=1"]


@pytest.mark.parametrize("text", RISKY)
def test_text_never_becomes_a_formula(tmp_path: Path, text: str) -> None:
    write_xlsx(tmp_path / "a.xlsx", "Staff: all", ["Name"], [[text]])
    write_csv(tmp_path / "a.csv", "Staff", ["Name"], [[text]])
    cell = load_workbook(tmp_path / "a.xlsx").worksheets[0]["A2"]
    assert (cell.data_type, cell.value[0]) == ("s", "'")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1][0].startswith("'")


def test_numbers_and_dates_stay_what_they_are(tmp_path: Path) -> None:
    rows = [[-5, date(2026, 3, 2), None, "Zoë"]]
    write_xlsx(tmp_path / "a.xlsx", "T", ["n", "d", "e", "t"], rows)
    write_csv(tmp_path / "a.csv", "T", ["n", "d", "e", "t"], rows)
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert sheet["A2"].value == -5
    assert sheet["B2"].value.date() == date(2026, 3, 2)
    assert sheet["A1"].font.bold
    assert sheet.freeze_panes == "A2"
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert "-5,2026-03-02,,Zoë" in data.decode("utf-8-sig")


def test_the_same_events_give_the_same_calendar(tmp_path: Path) -> None:
    events = [Event("p1@x", date(2026, 3, 2), "Meeting, with Zoë; room\nB")]
    write_ics(tmp_path / "a.ics", events)
    write_ics(tmp_path / "b.ics", events)
    text = (tmp_path / "a.ics").read_text(encoding="utf-8")
    assert (tmp_path / "b.ics").read_text(encoding="utf-8") == text
    assert "DTSTART;VALUE=DATE:20260302" in text
    assert "UID:p1@x" in text


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    rows = [["Zoë", date(2026, 3, 2)], ["x", None]]
    with patch("time.time", return_value=1e9):
        write_xlsx(tmp_path / "a.xlsx", "T", ["n", "d"], rows)
    write_xlsx(tmp_path / "b.xlsx", "T", ["n", "d"], rows)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert load_workbook(tmp_path / "b.xlsx").properties.created == datetime(2020, 1, 1)


def test_values_that_excel_does_not_know(tmp_path: Path) -> None:
    rows = [[float("nan"), float("inf"), date(1850, 1, 2), "\ufffe=1", "x" * 40_000, "\n=1"]]
    write_xlsx(tmp_path / "a.xlsx", "[a]/b*?:" * 9, list("abcdef"), rows)
    write_csv(tmp_path / "a.csv", "T", list("abcdef"), rows)
    values = [cell.value for cell in load_workbook(tmp_path / "a.xlsx").worksheets[0][2]]
    assert values[:4] == [None, None, "1850-01-02", "'=1"]
    assert values[5].startswith("'")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1][:4] == ["", "", "1850-01-02", "'=1"]


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    for write, name in ((write_xlsx, "a.xlsx"), (write_csv, "a.csv")):
        with pytest.raises(UserError, match="is not there"):
            write(tmp_path / "none" / name, "T", ["a"], [])

"""Lists from anywhere are read, and every fault is one sentence that names the place."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.exchange.sheets import MOST_COLUMNS, Sheet, read_sheet


def _read(folder: Path, data: bytes, name: str = "list.csv") -> Sheet:
    path = folder / name
    path.write_bytes(data)
    return read_sheet(path)


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_any_separator(tmp_path: Path, sign: str) -> None:
    text = f"Name{sign}Site\nAda{sign}Bath\nBo{sign}York\n"
    sheet = _read(tmp_path, text.encode())
    assert sheet.header == ("Name", "Site")
    assert sheet.rows == (("Ada", "Bath"), ("Bo", "York"))
    assert sheet.numbers == (2, 3)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_encoding(tmp_path: Path, encoding: str) -> None:
    text = "Vorname;Nachname;Abteilung\nJörg;Müller;Einkauf\nKäthe;Groß;Bürobedarf\n"
    sheet = _read(tmp_path, text.encode(encoding))
    assert sheet.header == ("Vorname", "Nachname", "Abteilung")
    assert sheet.rows[1] == ("Käthe", "Groß", "Bürobedarf")


def test_an_open_quote_is_named_by_the_line_where_it_began(tmp_path: Path) -> None:
    data = b'Name,Site\nAda,Bath\n"Bo,York\nCy,Hull\n'
    with pytest.raises(UserError, match="line 3"):
        _read(tmp_path, data)


def test_a_line_break_inside_quotes_keeps_the_row_numbers(tmp_path: Path) -> None:
    sheet = _read(tmp_path, b'Name,Site\n"Ada",\n"Bo\nX",York\n\nCy,Hull\n')
    assert sheet.numbers == (2, 3, 6)


def test_control_characters_go(tmp_path: Path) -> None:
    assert _read(tmp_path, b"Name,Site\nA\x07da,Bath\n").rows[0][0] == "Ada"


@pytest.mark.parametrize("place", [0, 1])
def test_too_many_columns_are_refused_wherever_they_stand(tmp_path: Path, place: int) -> None:
    lines = ["a,b"] * 3
    lines[place] = ",".join(["x"] * (MOST_COLUMNS + 1))
    with pytest.raises(UserError, match="columns"):
        _read(tmp_path, "\n".join(lines).encode())


def test_title_rows_above_the_heading_are_passed(tmp_path: Path) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.append(["Staff list of Example Ltd"])
    page.append([])
    page.append(["Name", None, "Start date", "Number"])
    page.append(["Ada", None, date(2021, 3, 4), 17])
    page.append([])
    page.append(["Bo", None, date(2022, 3, 4), 18])
    book.save(tmp_path / "list.xlsx")
    sheet = read_sheet(tmp_path / "list.xlsx")
    assert sheet.header == ("Name", "Start date", "Number")
    assert sheet.rows == (("Ada", date(2021, 3, 4), 17), ("Bo", date(2022, 3, 4), 18))
    assert sheet.numbers == (4, 6)


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", bytes(20 * 2**20))
    with pytest.raises(UserError, match="unpack"):
        read_sheet(path)


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.xls", "a.ods"])
def test_what_is_no_list_is_refused(tmp_path: Path, name: str) -> None:
    for data in (b"", b"\0\1\2" * 50):
        with pytest.raises(UserError, match="a\\."):
            _read(tmp_path, data, name)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(UserError):
            read_sheet(path)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    try:
        sheet = _read(tmp_path, data)
    except UserError:
        return
    assert all(len(row) == len(sheet.header) for row in sheet.rows)


def test_a_quotation_mark_that_swallows_rows_is_refused(tmp_path: Path) -> None:
    data = b'Name,Site,Team\nAda,Bath,Red\n"Bo,York,Red\nCy,Hull,Red\nDi","Hull",Red\n'
    with pytest.raises(UserError, match="line 3"):
        _read(tmp_path, data.replace(b'"Hull"', b"Hull"))


def test_excels_own_first_line_names_the_separator(tmp_path: Path) -> None:
    sheet = _read(tmp_path, b"sep=|\r\nWho|Where\r\nAda, B|Bath\r\n")
    assert sheet.rows == (("Ada, B", "Bath"),)
    assert sheet.numbers == (3,)


def test_spaces_after_the_separator_keep_quotes_together(tmp_path: Path) -> None:
    assert _read(tmp_path, b'Name, Site\n"Ada", "Bath, UK"\n').rows == (("Ada", "Bath, UK"),)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html><table><tr><td>Name</td></tr></table>", "web page"),
        (b"%PDF-1.7 etc", "not a table"),
        (b"PK\3\4 nothing", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
    ],
)
def test_another_kind_of_file_under_the_name_of_a_list(
    tmp_path: Path, data: bytes, words: str
) -> None:
    for name in ("a.xls", "a.csv"):
        with pytest.raises(UserError, match=words):
            _read(tmp_path, data, name)


def test_a_book_is_known_by_its_content(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0]["C3"] = "Name"
    book.worksheets[0]["C4"] = "Ada"
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "a.xlsx").rename(tmp_path / "a.csv")
    sheet = read_sheet(tmp_path / "a.csv")
    assert (sheet.header, sheet.rows, sheet.numbers) == (("Name",), (("Ada",),), (4,))


def test_a_lone_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page["XFD1048576"] = "x"
    book.save(tmp_path / "a.xlsx")
    assert read_sheet(tmp_path / "a.xlsx").rows == ()
    page["XFD1048576"], page["A1"], page["XFD2"] = None, "Name", "x"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(UserError, match="16,384 columns"):
        read_sheet(tmp_path / "a.xlsx")


def test_too_many_rows_are_refused_and_blank_ones_do_not_count(tmp_path: Path) -> None:
    blank = b",\n" * 150_000
    assert len(_read(tmp_path, b"Name,Site\nAda,Bath\n" + blank).rows) == 1
    with pytest.raises(UserError, match="100,000 rows"):
        _read(tmp_path, b"Name,Site\n" + b"A,B\n" * 100_030)

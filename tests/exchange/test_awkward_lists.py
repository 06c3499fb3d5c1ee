"""Lists as people really keep them come in without a hand, and lose nobody and nothing unsaid."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.exchange.columns import propose_mapping
from revmentor_desktop.exchange.sheets import read_sheet
from revmentor_desktop.exchange.staff_sheet import StaffSheet, check
from revmentor_desktop.exchange.tables_out import write_csv

FILES = Path(__file__).resolve().parents[1] / "files"


def _checked(folder: Path, text: str) -> StaffSheet:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8", newline="")
    sheet = read_sheet(path)
    return check(sheet, propose_mapping(sheet))


def test_a_german_list_of_windows() -> None:
    sheet = read_sheet(FILES / "belegschaft.csv")
    assert (sheet.encoding, sheet.separator) == ("cp1252", ";")
    mapping = propose_mapping(sheet)
    assert {sheet.header[at] for at in range(len(sheet.header)) if at not in mapping} == {
        "Gehalt",
        "Telefon privat",
    }
    found = check(sheet, mapping)
    names = [person.full_name for person in found.people]
    assert names == [
        "Käthe Großmann", "Jörg Öztürk", "Zoë van der Süß", "René Müller-Lüdenscheidt",
    ]  # fmt: skip
    assert [person.manager_row for person in found.people] == [None, 2, 3, 3]
    assert [person.birth_year for person in found.people] == [1971, 1969, 1990, 2001]
    starts = [person.start_date for person in found.people]
    assert starts == [date(1998, 4, 1), date(2004, 3, 1), date(2019, 1, 15), None]
    assert [(p.row, p.column, p.severity) for p in found.problems] == [(5, "Eintritt am", "blank")]


def test_a_workbook_with_titles_a_cover_and_names_in_many_scripts() -> None:
    sheet = read_sheet(FILES / "museum.xlsx")
    assert (sheet.page, sheet.pages) == ("People", ("Read me", "People"))
    assert sheet.header[:4] == ("Name", "Title", "Name (2)", "Joined")
    found = check(sheet, propose_mapping(sheet))
    assert [person.full_name for person in found.people] == [
        "Jane Doe", "Seán O’Neil", "محمد الهاشمي", "山田 花子", "Ρένα Παππά", "Олена Коваль",
    ]  # fmt: skip
    first, second = found.people[0].row, found.people[1].row
    managers = [person.manager_row for person in found.people]
    assert managers == [None, first, first, second, second, None]
    assert found.people[-1].manager_text == "Nobody Here"
    assert [person.start_date for person in found.people][1:5] == [
        date(2018, 7, 1), date(2020, 1, 1), date(2021, 3, 3), None,
    ]  # fmt: skip
    assert [person.email for person in found.people][1:3] == [
        "sean@meerkat.example",
        "mo@meerkat.example",
    ]
    causes = {cause: len(problems) for cause, problems in found.by_cause().items()}
    assert causes == {
        "Rows that are not a person": 2,
        "E-mail addresses": 2,
        "Dates that do not exist": 1,
    }
    with pytest.raises(UserError, match="Row"):
        check(sheet, propose_mapping(sheet), strict=True)


def test_another_page_can_be_chosen() -> None:
    assert read_sheet(FILES / "museum.xlsx", page="Old").rows == (("Gone", "a", "b", "c"),)
    with pytest.raises(UserError, match="Read me, People"):
        read_sheet(FILES / "museum.xlsx", page="Nowhere")


@pytest.mark.parametrize(
    ("head", "row", "name"),
    [
        ("Name,First name", "Doe,Jane", "Jane Doe"),
        ("Surname,Name", "Doe,Jane", "Jane Doe"),
        ("Name,First name", "Jane Doe,Jane", "Jane Doe"),
        ("Full name", '"Doe, Jane"', "Jane Doe"),
        ("Who", '"Doe, Jane"', "Jane Doe"),
        ("Employee full name,Site", "Dr Jane van der Berg,Bath", "Dr Jane van der Berg"),
        ("Last name,First name", "Null,Jennifer", "Jennifer Null"),
    ],
)
def test_names_in_any_column(tmp_path: Path, head: str, row: str, name: str) -> None:
    assert _checked(tmp_path, f"{head}\n{row}\n").people[0].full_name == name


def test_a_list_without_a_heading_loses_nobody(tmp_path: Path) -> None:
    text = "".join(f'"Doe{n}, Jane",Clerk,jane{n}@x.example\n' for n in "abc")
    assert len(_checked(tmp_path, text.replace("Doea", "Roe")).people) == 3


@pytest.mark.parametrize(
    ("heading", "manager", "field"),
    [
        ("Manager", "ada@x.example", "manager_email"),
        ("Manager", "0100", "manager_number"),
        ("Manager", "Ada Smith", "manager_name"),
        ("Manager", "Smith, Ada", "manager_name"),
        ("Boss ref", "0100", "manager_number"),
    ],
)
def test_a_managers_column_is_known_by_its_cells(
    tmp_path: Path, heading: str, manager: str, field: str
) -> None:
    people = [
        ("0100", "Ada Smith", "ada@x.example", ""),
        ("0101", "Bo Lee", "bo@x.example", manager),
    ]
    people += [("0102", "Cy Lee", "cy@x.example", "0101" if heading == "Boss ref" else manager)]
    lines = [f'{a},{b},{c},"{d}"' for a, b, c, d in people]
    path = tmp_path / "list.csv"
    path.write_text("\n".join([f"Staff ID,Name,E-mail,{heading}", *lines]), encoding="utf-8")
    sheet = read_sheet(path)
    mapping = propose_mapping(sheet)
    assert mapping[3] == field
    assert check(sheet, mapping).people[1].manager_row == 2


def test_numbers_of_managers_may_lack_their_zeros(tmp_path: Path) -> None:
    found = _checked(tmp_path, "Staff ID,Name,Manager ID\n007,Ada,\n008,Bo,7\n")
    assert found.people[1].manager_row == 2


def test_one_manager_elsewhere_does_not_cost_the_others_theirs(tmp_path: Path) -> None:
    text = "Staff ID,Name,Manager\n10,Ada,99\n11,Bo,10\n12,Cy,10\n"
    people = _checked(tmp_path, text).people
    assert [person.manager_row for person in people] == [None, 2, 2]
    assert people[0].manager_text == "99"


def test_a_formula_that_failed_is_no_manager(tmp_path: Path) -> None:
    found = _checked(tmp_path, "Name,Manager,Site\nAda,#N/A,-\n")
    assert (found.people[0].manager_text, found.people[0].site) == ("", "")
    assert [problem.sentence() for problem in found.problems] == [
        "Row 2, Manager: “#N/A” is a formula that failed. It is left blank."
    ]


def test_a_day_in_another_order_is_said(tmp_path: Path) -> None:
    found = _checked(tmp_path, "Name,Start date\nAda,25/02/2020\nBo,26/02/2020\nCy,02/27/2020\n")
    assert found.people[2].start_date == date(2020, 2, 27)
    assert [problem.row for problem in found.problems] == [4]


@pytest.mark.parametrize(
    ("text", "unclear", "month"),
    [
        ("Name,Start date\nAda,03/04/2021\n", ("Start date",), 4),
        ("Name,Start date (mm/dd/yyyy)\nAda,03/04/2021\n", (), 3),
        ("Name,Start date,DOB\nAda,03/04/2021,12/25/1980\n", (), 3),
        ("Name,Start date\nAda,03/04/2021\nBo,25/04/2021\n", (), 4),
    ],
)
def test_which_comes_first_day_or_month(
    tmp_path: Path, text: str, unclear: tuple[str, ...], month: int
) -> None:
    found = _checked(tmp_path, text)
    assert found.unclear_dates == unclear
    start = found.people[0].start_date
    assert start is not None
    assert start.month == month


@pytest.mark.parametrize(
    ("cell", "year"),
    [("12.10.85", 1985), ("32005", 1987), ("1980s", 1980), ("1980–1989", 1980), ("3/4/01", 2001)],
)
def test_a_birth_year_from_anything(tmp_path: Path, cell: str, year: int) -> None:
    assert _checked(tmp_path, f"Name,Date of birth\nAda,{cell}\n").people[0].birth_year == year


def test_a_birth_date_is_never_repeated(tmp_path: Path) -> None:
    found = _checked(tmp_path, "Name,Date of birth,Site\nAda,17th of Brumaire,Bath\n")
    assert [p.row for p in found.problems] == [2]
    assert "17th" not in repr(found)


def test_a_year_alone_is_no_day(tmp_path: Path) -> None:
    found = _checked(tmp_path, "Name,Start date\nAda,2019\n")
    assert found.people[0].start_date is None
    assert [p.row for p in found.problems] == [2]


def test_topics_keep_the_commas_of_their_names(tmp_path: Path) -> None:
    cell = "Chat and video calls, Running a team; Knitting"
    offers = _checked(tmp_path, f'Name,Topics offered\nAda,"{cell}"\n').people[0].offers
    assert offers == ("Chat and video calls", "Running a team", "Knitting")


def test_what_was_exported_comes_back_as_it_was(tmp_path: Path) -> None:
    rows = [["=Ada, +x", "-1"], ["Ødegård, Åse", "@home"]]
    write_csv(tmp_path / "out.csv", "Staff", ["Name", "Team"], rows)
    sheet = read_sheet(tmp_path / "out.csv")
    people = check(sheet, propose_mapping(sheet)).people
    assert [(p.full_name, p.team) for p in people] == [("+x =Ada", "-1"), ("Åse Ødegård", "@home")]


def test_naughty_strings_are_only_text(tmp_path: Path, shared_data: Path) -> None:
    strings = json.loads((shared_data / "blns.json").read_text(encoding="utf-8"))
    write_csv(tmp_path / "out.csv", "", ["Name", "Team", "Staff number"],
              [["Ada", text, number] for number, text in enumerate(strings)])  # fmt: skip
    sheet = read_sheet(tmp_path / "out.csv")
    assert len(check(sheet, propose_mapping(sheet)).people) == len(strings)


PIECES = st.sampled_from(
    ["Name", "E-mail", "Manager", "Start date", "DOB", ",", ";", "\t", "\n", "\r\n", '"', "Ada",
     "Bo", "1", "31/02/2024", "a@b", "sep=;\n", "\0", "﻿", "\ud800", "'=1", "٣", "#N/A", "\x85"]
)  # fmt: skip


@settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=40).map("".join))
def test_any_text_is_read_or_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with suppress(UserError):
        sheet = read_sheet(path)
        check(sheet, propose_mapping(sheet))

"""A staff list becomes people; each repair is told by its row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.exchange.columns import find_column, find_field, propose_mapping
from revmentor_desktop.exchange.sheets import Sheet, read_sheet
from revmentor_desktop.exchange.staff_sheet import StaffSheet, check


def _sheet(folder: Path, text: str, encoding: str = "utf-8") -> Sheet:
    path = folder / "list.csv"
    path.write_text(text, encoding=encoding)
    return read_sheet(path)


def _checked(folder: Path, text: str, strict: bool = False) -> StaffSheet:
    sheet = _sheet(folder, text)
    return check(sheet, propose_mapping(sheet), strict)


def test_a_real_list_needs_no_hand(shared_data: Path) -> None:
    sheet = read_sheet(shared_data / "staff-oracle-hr.csv")
    mapping = propose_mapping(sheet)
    fields = {sheet.header[at]: field for at, field in mapping.items()}
    assert fields["City"] == "site"
    assert fields["Manager ID"] == "manager_number"
    assert not {"Phone", "Country"} & fields.keys()
    found = check(sheet, mapping)
    assert len(found.people) == 107
    assert sum(person.manager_row is not None for person in found.people) == 106
    assert not found.problems
    king = found.people[0]
    assert (king.full_name, king.staff_number, king.site) == ("Steven King", "100", "Seattle")
    assert king.start_date == date(2013, 6, 17)


def test_a_german_list(tmp_path: Path) -> None:
    text = (
        "Personalnummer;Vorname;Nachname;Abteilung;Stelle;Standort;Eintrittsdatum;Vorgesetzter;"
        "Gehalt\n007;Jörg;Müller;Einkauf;Leiter;Köln;1.3.2015;;5000\n"
        "008;Käthe;Groß;Einkauf;Sachbearbeiterin;Köln;15. März 2021;Jörg Müller;4000\n"
    )
    sheet = _sheet(tmp_path, text, "cp1252")
    mapping = propose_mapping(sheet)
    assert 8 not in mapping
    first, second = check(sheet, mapping).people
    assert (second.full_name, second.staff_number) == ("Käthe Groß", "008")
    assert second.start_date == date(2021, 3, 15)
    assert second.manager_row == first.row == 2


@pytest.mark.parametrize("heading", ["Salary", "Gehalt", "Phone", "Telefon", "Country", "Land"])
def test_what_is_none_of_our_business_is_left(tmp_path: Path, heading: str) -> None:
    assert 1 not in propose_mapping(_sheet(tmp_path, f"Name,{heading}\nAda,1\nBo,2\n"))


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Manager ID", "manager_number"),
        ("Line Manager Employee Number", "manager_number"),
        ("Vorgesetzten-Nr.", "manager_number"),
        ("Führungskraft", "manager_name"),
        ("Manager E-mail", "manager_email"),
        ("Departmnet", "department"),
        ("Office Location", "site"),
        ("Geburtsdatum", "birth_year"),
    ],
)
def test_headings_seen_in_the_wild(tmp_path: Path, heading: str, field: str) -> None:
    assert propose_mapping(_sheet(tmp_path, f"Name,{heading}\nAda,\n"))[1] == field


def test_no_field_twice(tmp_path: Path) -> None:
    mapping = propose_mapping(_sheet(tmp_path, "Name,Name,City,Site,Location\nA,B,C,D,E\n"))
    assert len(set(mapping.values())) == len(mapping)


def test_a_near_miss_is_offered(tmp_path: Path) -> None:
    assert find_field("Job title") == "job_title"
    with pytest.raises(UserError, match=r"Did you mean"):
        find_field("departmnt")
    sheet = _sheet(tmp_path, "Name,Department\nAda,X\n")
    assert find_column(sheet, "department") == 1
    with pytest.raises(UserError, match=r"Did you mean “Department”"):
        find_column(sheet, "Departmnt")


REPAIRS = [
    ("Name,Start date\nAda,31/02/2024\n", 2, "31/02/2024"),
    ("Name,E-mail\nAda,ada at example\n", 2, "e-mail"),
    ("Name,Site\nAda,Bath\n,York\n", 3, "no name"),
    ("Name,Staff number\nAda,1\nBo,1\n", 3, "row 2"),
    ("Name,E-mail\nAda,a@x.org\nBo,A@X.org\n", 3, "row 2"),
    ("Name,Manager\nAda,Ada\n", 2, "themselves"),
    ("Name,Manager\nAda,Bo\nBo,Ada\n", 2, "leads back"),
    ("Name,Manager\nAda,\nAda,\nBo,Ada\n", 4, "several"),
]


@pytest.mark.parametrize(("text", "row", "words"), REPAIRS)
def test_a_repair_names_its_row(tmp_path: Path, text: str, row: int, words: str) -> None:
    found = _checked(tmp_path, text)
    assert [problem.row for problem in found.problems] == [row]
    sentence = found.problems[0].sentence()
    assert f"Row {row}" in sentence
    assert words in sentence
    with pytest.raises(UserError, match=f"Row {row}"):
        _checked(tmp_path, text, strict=True)


def test_what_is_repaired_is_blank(tmp_path: Path) -> None:
    person = _checked(tmp_path, "Name,Start date,E-mail\nAda,31/02/2024,x\n").people[0]
    assert (person.start_date, person.email) == (None, "")


def test_the_managers_name_wins_over_a_number_that_disagrees(tmp_path: Path) -> None:
    text = "Number,Name,Manager name,Manager ID\n1,Ada,,\n2,Bo,,\n3,Cy,Ada,2\n"
    found = _checked(tmp_path, text.replace("Number", "Staff number", 1))
    assert found.people[2].manager_row == 2
    assert [problem.row for problem in found.problems] == [4]


def test_a_number_settles_two_of_one_name(tmp_path: Path) -> None:
    text = "Staff number,Name,Manager name,Manager ID\n1,Ada,,\n2,Ada,,\n3,Cy,Ada,2\n"
    found = _checked(tmp_path, text)
    assert found.people[2].manager_row == 3
    assert not found.problems


def test_a_manager_outside_the_list_is_kept_as_text(tmp_path: Path) -> None:
    assert _checked(tmp_path, "Name,Manager\nAda,Zed\n").people[0].manager_text == "Zed"


def test_of_a_birth_date_only_the_year_is_kept(tmp_path: Path) -> None:
    assert _checked(tmp_path, "Name,Date of birth\nAda,10.12.1985\n").people[0].birth_year == 1985


def test_a_list_without_names_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="names"):
        _checked(tmp_path, "Site,Team\nBath,Red\n")


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(),
    st.floats(),
    st.dates(),
    st.sampled_from(["1", "Ada", "Bo", "a@x", "31/02/2024", "=1", "²", "٣/٤/٢٠٢١"]),
)


@settings(max_examples=200, deadline=None)
@given(rows=st.lists(st.lists(CELLS, min_size=9, max_size=9), max_size=8))
def test_any_cells_become_people_or_problems(rows: list[list[object]]) -> None:
    header = ("Name", "Staff number", "E-mail", "Start date", "Date of birth", "Manager name")
    header += ("Manager ID", "Manager e-mail", "Languages")
    numbers = tuple(range(2, len(rows) + 2))
    sheet = Sheet("list", header, tuple(map(tuple, rows)), numbers)  # type: ignore[arg-type]
    found = check(sheet, propose_mapping(sheet))
    above = {person.row: person.manager_row for person in found.people}
    for row in above:
        steps, at = 0, above[row]
        while at is not None:
            at, steps = above[at], steps + 1
            assert steps <= len(rows)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Rolle", "job_title"), ("Geburtstag", "birth_year"), ("Rolle im Programm", "role"),
        ("Mentor oder Mentee", "role"), ("Role in the programme", "role"), ("Plätze", "capacity"),
        ("Kapazität", "capacity"), ("Number of mentees", "capacity"),
        ("Verfügbar ab", "not_before"), ("Not available before", "not_before"),
        ("Place", "site"), ("Partner", None), ("Mentee", None),
    ],
)  # fmt: skip
def test_parts_in_a_programme_are_recognised_in_both_languages(
    tmp_path: Path, heading: str, field: str | None
) -> None:
    mapping = propose_mapping(_sheet(tmp_path, f"Name,{heading}\nAnn Ash,Elm\n"))
    assert mapping.get(1) == field

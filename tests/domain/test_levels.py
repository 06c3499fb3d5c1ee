"""The proposed levels follow the titles and never contradict the reporting line needlessly."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from revmentor_desktop.domain.levels import NAMES, named_level, propose_levels, title_level


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ("Stock Clerk", "Accountant"),
        ("Programmer", "Finance Manager"),
        ("Sales Manager", "Sales Director"),
        ("Administration Vice President", "President"),
        ("Auszubildende", "Ingenieurin"),
        ("Entwickler", "Teamleiterin"),
        ("Abteilungsleiter", "Geschäftsführerin"),
        ("Assistant to the President", "Analyst"),
    ],
)
def test_titles_decide(low: str, high: str) -> None:
    _names, places = propose_levels([("a", low, None), ("b", high, None)])
    assert places["a"] < places["b"]


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Executive Assistant", "Assistant"),
        ("Vertriebsassistentin", "Assistant"),
        ("Account Executive", "Specialist"),
        ("Mitarbeiter", "Specialist"),
        ("Zugbegleiterin", "Specialist"),
        ("HR Business Partner", "Specialist"),
        ("Human Resources Representative", "Specialist"),
        ("Customer Service Representative", "Assistant"),
        ("Social Worker", "Specialist"),
        ("", "Specialist"),
        ("Assistant Manager", "Manager"),
        ("Abteilungsleiterin", "Manager"),
        ("Assistant Director", "Director"),
        ("Bereichsleiter Vertrieb", "Director"),
        ("Vizepräsidentin", "Director"),
        ("Chief Executive", "Executive"),
        ("Präsident", "Executive"),
    ],
)
def test_a_title_is_read_whole(title: str, level: str) -> None:
    assert NAMES[title_level(title)] == level


def test_levels_nobody_has_are_dropped() -> None:
    names, places = propose_levels([(1, "Clerk", 2), (2, "Director", None)])
    assert names == ("Assistant", "Director")
    assert places == {1: 0, 2: 1}


def test_a_manager_stands_above_the_reports() -> None:
    people = [(1, "Nurse", 2), (2, "Nurse", 3), (3, "Nurse", None)]
    _names, places = propose_levels(people)
    assert places[1] < places[2] < places[3]


def test_a_loop_and_a_long_line_end() -> None:
    names, _places = propose_levels([(1, "", 2), (2, "", 1), (3, "", 3)])
    assert names[-1] == "Manager"
    chain = [(n, "President", n + 1) for n in range(30)]
    _names, places = propose_levels(chain)
    assert set(places) == set(range(30))


def test_nobody() -> None:
    assert propose_levels([]) == ((), {})


def test_a_real_list(shared_data: Path) -> None:
    with (shared_data / "staff-oracle-hr.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    people = [(r["Employee ID"], r["Job title"], r["Manager ID"] or None) for r in rows]
    names, places = propose_levels(people)
    assert names == ("Assistant", "Specialist", "Manager", "Director", "Executive")
    for key, _title, manager in people:
        assert manager is None or places[key] < places[manager]


def test_where_the_top_leaves_no_room_the_reports_are_lowered() -> None:
    _names, places = propose_levels([(1, "Chief Executive", None), (2, "President", 1)])
    assert places[2] < places[1]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Auszubildende", 0),
        ("Teamleitung", 2),
        ("Bereichsleitung", 3),
        ("Geschäftsleitung", 4),
        ("Fachkraft", None),
    ],
)
def test_the_name_of_a_level_says_where_it_stands(name: str, place: int | None) -> None:
    assert named_level(name) == place

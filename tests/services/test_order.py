"""Wherever people are listed they stand in the same order: Öztürk before Zlotkey."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from revmentor_desktop.domain.printed import DocumentKind, Scope
from revmentor_desktop.domain.programmes import EnrolmentState, GatheringKind, Role
from revmentor_desktop.services import (
    enrolments,
    gatherings,
    pack_choices,
    packs,
    participation,
    staff,
    staff_choices,
)
from revmentor_desktop.services.packs import Pack
from revmentor_desktop.services.pair_table import PairTable
from revmentor_desktop.services.staff_table import StaffTable
from tests import factory

IN_ORDER = ["Ina Bär", "Bo Brömmelkamp", "Ada Đoković", "Cem Öztürk", "Eva Zlotkey"]
NAMES = ["Eva Zlotkey", "Bo Brömmelkamp", "Cem Öztürk", "Ina Bär", "Ada Đoković"]


def _table(session: Session, _programme_id: int) -> list[str]:
    table = StaffTable()
    return [table.rows(session, [id_])[id_].name
            for id_ in table.ids(session, "full_name", False, {})]  # fmt: skip


def _names(session: Session, _programme_id: int) -> list[str]:
    return [name for _id, name in staff_choices.names(session)]


def _recipients(session: Session, programme_id: int) -> list[str]:
    return [one.name for one in pack_choices.choices(session, programme_id, Scope.PERSON)]


def _printed(session: Session, programme_id: int) -> list[str]:
    ids = tuple(id_ for id_, _name in staff_choices.names(session))
    pack = Pack(programme_id, (DocumentKind.CERTIFICATE,), factory.DAY, people=ids)
    return [staff.find(session, subject.id).full_name
            for subject, _kinds in packs.subjects(session, pack)]  # fmt: skip


def _labels(session: Session, programme_id: int) -> list[str]:
    pack = Pack(programme_id, (), factory.DAY)
    return [person.full_name for person in packs.addressees(session, pack)]


def _expected(session: Session, programme_id: int) -> list[str]:
    found = gatherings.expected(session, programme_id, GatheringKind.BRIEFING)
    return [person.full_name for person in found]


def _attended(session: Session, programme_id: int) -> list[str]:
    found = gatherings.attendance(session, programme_id, None, GatheringKind.BRIEFING)
    return [name for _id, name, _came in found]


@pytest.mark.parametrize(
    "listed", [_table, _names, _recipients, _printed, _labels, _expected, _attended]
)
def test_people_are_listed_in_one_order(
    session: Session, listed: Callable[[Session, int], list[str]]
) -> None:
    programme_id = factory.programme(session)
    for name in NAMES:
        factory.enrolled(session, programme_id, name, Role.MENTEE)
    assert listed(session, programme_id) == IN_ORDER


def test_who_can_be_wished_for_is_in_the_same_order(session: Session) -> None:
    programme_id = factory.programme(session)
    me = factory.enrolled(session, programme_id, "Me Myself", Role.MENTOR)
    for name in NAMES:
        factory.enrolled(session, programme_id, name, Role.MENTEE)
    assert [one.name for one in participation.acquaintances(session, me)] == IN_ORDER


@pytest.mark.parametrize("descending", [False, True])
def test_pairs_and_departments_go_by_the_same_order(session: Session, descending: bool) -> None:
    programme_id = factory.programme(session)
    for name in NAMES:
        factory.pair(session, programme_id, name, f"Mentee of {name}")
    table = PairTable(programme_id)
    ids = table.ids(session, "mentor", descending, {})
    rows = table.rows(session, ids)
    expected = IN_ORDER[::-1] if descending else IN_ORDER
    assert [rows[id_].mentor for id_ in ids] == expected


def test_candidates_and_those_who_wait_can_be_told_apart_by_role(session: Session) -> None:
    programme_id = factory.programme(session, mentor_word="Guide")
    for name, role, state in (
        ("Ann Ash", Role.MENTOR, EnrolmentState.CANDIDATE),
        ("Bea Birch", Role.MENTEE, EnrolmentState.CANDIDATE),
        ("Cid Cedar", Role.MENTEE, EnrolmentState.ENROLLED),
    ):
        who = factory.staff_member(session, name)
        enrolments.enrol(session, programme_id, [who], role, state)
    table = StaffTable(programme_id)
    [choices] = [one.choices for one in table.filter_choices(session) if one.key == "status"]
    named = {text: value for value, text in choices}

    def found(text: str) -> list[str]:
        ids = table.ids(session, "full_name", False, {"status": named[text]})
        return [row.name for row in table.rows(session, ids).values()]

    assert found("Candidate") == ["Ann Ash", "Bea Birch"]
    assert found("Candidate: Guide") == ["Ann Ash"]
    assert found("Waiting for a partner: Mentee") == ["Cid Cedar"]
    assert found("Waiting for a partner: Guide") == []
    ids = table.ids(session, "role", False, {})
    assert [table.rows(session, [id_])[id_].role for id_ in ids] == ["Mentee", "Mentee", "Guide"]

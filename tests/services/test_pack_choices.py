"""What is due to be printed where a programme stands, and for whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from revmentor_desktop.domain.printed import PAIR_LETTERS, DocumentKind, Scope
from revmentor_desktop.domain.programmes import EnrolmentState, Role
from revmentor_desktop.services import enrolments, pack_choices, pairs
from revmentor_desktop.store.workspace import Workspace
from tests import factory

START, MIDDLE, END = date(2026, 3, 2), date(2026, 6, 20), date(2026, 8, 20)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("REVMENTOR_DATA_DIR", str(tmp_path / "data"))
    made = factory.workspace(tmp_path)
    yield made
    made.close()


def suggested(workspace: Workspace, programme_id: int, day: date) -> tuple[DocumentKind, ...]:
    return workspace.read(pack_choices.suggested, programme_id, day)


def test_invitations_come_first_then_letters_then_certificates(workspace: Workspace) -> None:
    programme_id = workspace.write(factory.programme).value
    assert suggested(workspace, programme_id, START)[0] is DocumentKind.INVITATION
    pair_id = workspace.write(factory.pair, programme_id).value
    assert suggested(workspace, programme_id, START)[:2] == PAIR_LETTERS
    assert DocumentKind.MIDPOINT in suggested(workspace, programme_id, MIDDLE)
    workspace.write(lambda session: pairs.find(session, pair_id).confirm(START))
    assert suggested(workspace, programme_id, MIDDLE)[:2] == PAIR_LETTERS, "it lacks its letters"
    assert DocumentKind.CERTIFICATE in suggested(workspace, programme_id, END)


def test_who_can_be_chosen(workspace: Workspace) -> None:
    def make(session: Session) -> int:
        programme_id = factory.programme(session, mentor_word="Guide")
        factory.pair(session, programme_id, "Zoë Łuczak", "Bo Birch")
        gone = factory.enrolled(session, programme_id, "Gus Gone", Role.MENTOR)
        enrolments.set_state(session, programme_id, [gone], EnrolmentState.WITHDRAWN)
        return programme_id

    programme_id = workspace.write(make).value
    [pair] = workspace.read(pack_choices.choices, programme_id, Scope.PAIR)
    assert pair.name == "P001  Zoë Łuczak · Bo Birch"
    people = workspace.read(pack_choices.choices, programme_id, Scope.PERSON)
    assert [(one.name, one.note) for one in people] == [
        ("Bo Birch", "Mentee, Enrolled"),
        ("Zoë Łuczak", "Guide, Enrolled"),
    ]
    assert workspace.read(pack_choices.choices, programme_id, Scope.GATHERING) == []

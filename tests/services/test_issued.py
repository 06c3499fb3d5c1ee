"""The record of what is on paper: it outlives undo, and knows what reads differently now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.printed import PAIR_LETTERS, DocumentKind, IssuedDocument
from revmentor_desktop.domain.programmes import EnrolmentState, GatheringKind, Role
from revmentor_desktop.jobs.changed import changed as what_changed
from revmentor_desktop.services import (
    enrolments,
    gatherings,
    issued,
    pairs,
    programmes,
    staff,
    templates,
)
from revmentor_desktop.services.packs import Pack
from revmentor_desktop.store.workspace import Workspace
from tests import factory

DAY = factory.DAY


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A programme, a pair (Ann Ash and Bo Birch) and a briefing, each with the id 1."""
    monkeypatch.setenv("REVMENTOR_DATA_DIR", str(tmp_path / "data"))

    def make(session: Session) -> None:
        factory.programme(session)
        factory.pair(session, 1)
        gatherings.save(session, 1, None, GatheringKind.BRIEFING, DAY, "Hall")

    with factory.workspace(tmp_path) as made:
        made.write(make)
        made.record_inverses()
        yield made


def issue(workspace: Workspace, *kinds: DocumentKind, day: date = DAY, **whom: object) -> int:
    pack = Pack(1, kinds, day, **whom)  # type: ignore[arg-type]
    return workspace.write(issued.record_pack, pack).value


def changed(workspace: Workspace) -> int:
    return what_changed(workspace, 1, DAY)[1]


def recorded(workspace: Workspace) -> list[DocumentKind]:
    def kinds(session: Session) -> list[DocumentKind]:
        return list(session.scalars(select(IssuedDocument.kind).order_by(IssuedDocument.id)))

    return workspace.read(kinds)


@pytest.mark.parametrize(
    ("delete", "what"),
    [
        (pairs.delete, [1]),
        (staff.delete, [1, 2]),
        (gatherings.delete, 1),
        (programmes.delete, [1]),
    ],
    ids=["pair", "people", "gathering", "programme"],
)
def test_what_is_on_paper_outlives_undo_and_redo(
    workspace: Workspace, delete: Callable[..., None], what: object
) -> None:
    kinds = (DocumentKind.INVITATION, *PAIR_LETTERS, DocumentKind.SIGN_IN)
    issue(workspace, *kinds, people=(1, 2))
    before = recorded(workspace)
    assert len(before) == 5
    gone = workspace.write(delete, what).inverse
    assert gone is not None
    assert recorded(workspace) == before
    back = workspace.replay(gone, "undo").inverse
    assert back is not None
    assert recorded(workspace) == before
    assert workspace.read(issued.lacking, 1) == []
    workspace.replay(back, "redo")
    assert recorded(workspace) == before


def test_text_that_comes_or_goes_by_a_condition_is_a_change(workspace: Workspace) -> None:
    issue(workspace, *PAIR_LETTERS)
    assert changed(workspace) == 0
    for who in (1, 2):
        workspace.write(staff.save, who, {"formats": ("online",)})
    assert changed(workspace) == 2, "“If you meet online” stands on both letters now"


def test_other_words_are_a_change_and_another_name_for_them_is_none(workspace: Workspace) -> None:
    kind, language = DocumentKind.AGREEMENT, "en_GB"
    issue(workspace, kind)
    workspace.write(templates.duplicate, kind, language, "Pilot")
    assert changed(workspace) == 0
    workspace.write(templates.use, kind, language, None)
    pilot = workspace.read(templates.variants, kind, language)[1].id
    workspace.write(templates.use, kind, language, pilot)
    assert changed(workspace) == 0
    shipped = templates.shipped(kind, language)
    workspace.write(templates.save, kind, language, replace(shipped, blocks=shipped.blocks[1:]))
    assert changed(workspace) == 1
    workspace.write(templates.use, kind, language, None)
    assert changed(workspace) == 0, "printed in these words"


def test_nobody_is_written_to_again_who_has_answered_or_is_gone(workspace: Workspace) -> None:
    def enrol(session: Session) -> None:
        for name in ("Cy Cole", "Di Dale", "Eve East"):
            who = factory.staff_member(session, name)
            enrolments.enrol(session, 1, [who], Role.MENTOR, EnrolmentState.INVITED)

    workspace.write(enrol)
    issue(workspace, DocumentKind.INVITATION, DocumentKind.SIGN_IN, *PAIR_LETTERS)
    for who in (3, 4, 5):
        workspace.write(staff.save, who, {"full_name": f"Renamed {who}"})
    assert changed(workspace) == 3
    workspace.write(enrolments.set_state, 1, [3], EnrolmentState.DECLINED)
    workspace.write(staff.mark_left, [4], DAY)
    pack, count = what_changed(workspace, 1, DAY)
    assert (pack.people, count) == ((5,), 1)
    assert workspace.write(issued.record_pack, pack).value == 1
    everyone = Pack(1, (DocumentKind.INVITATION,), DAY, people=(3, 4, 5), only="changed")
    workspace.write(staff.save, 5, {"full_name": "Eve East"})
    assert workspace.write(issued.record_pack, everyone).value == 1
    assert changed(workspace) == 0
    for delete, what in ((gatherings.delete, 1), (pairs.delete, [1]), (staff.delete, [5])):
        workspace.write(delete, what)
    assert changed(workspace) == 0, "what is gone is not printed again"

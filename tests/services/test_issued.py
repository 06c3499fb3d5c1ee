"""The record of what is on paper: it outlives undo, and knows what reads differently now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.printed import PAIR_LETTERS, DocumentKind, IssuedDocument
from revmentor_desktop.domain.programmes import GatheringKind
from revmentor_desktop.services import gatherings, issued, pairs, programmes, staff
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

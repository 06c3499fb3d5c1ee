"""Looking through what was printed: it can be stopped, and keeps nobody from the file meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy.orm import Session

from revmentor_desktop.domain import merging
from revmentor_desktop.domain.errors import Cancelled
from revmentor_desktop.domain.letter_fields import Values
from revmentor_desktop.domain.printed import PAIR_LETTERS
from revmentor_desktop.domain.templates import Document
from revmentor_desktop.jobs import preflight
from revmentor_desktop.jobs.changed import changed
from revmentor_desktop.services import issued, letters
from revmentor_desktop.services.packs import Pack
from revmentor_desktop.store.workspace import Workspace
from tests import factory

LETTERS = Pack(1, PAIR_LETTERS, factory.DAY)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A pair that has its two letters."""
    monkeypatch.setenv("REVMENTOR_DATA_DIR", str(tmp_path / "data"))

    def make(session: Session) -> None:
        factory.programme(session)
        factory.pair(session, 1)
        issued.record_pack(session, LETTERS)

    with factory.workspace(tmp_path) as made:
        made.write(make)
        yield made


def test_the_file_is_free_while_letters_are_compared(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest, compared = merging.digest, []

    def and_read_meanwhile(document: Document, values: Values) -> str:
        other = Thread(target=workspace.read, args=(letters.letterhead,))
        other.start()
        other.join(5)
        compared.append(not other.is_alive())
        return digest(document, values)

    monkeypatch.setattr(merging, "digest", and_read_meanwhile)
    assert changed(workspace, 1, factory.DAY)[1] == 0
    assert len(preflight.check(workspace, LETTERS).rows) == 2
    assert compared == [True] * 4


def test_comparing_can_be_stopped(workspace: Workspace) -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        changed(workspace, 1, factory.DAY, stop)

"""Looking through letters: what stops a pack is found before, and the file is free meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy.orm import Session

from revmentor_desktop.domain import merging
from revmentor_desktop.domain.errors import Cancelled, UserError
from revmentor_desktop.domain.letter_fields import Values
from revmentor_desktop.domain.printed import PAIR_LETTERS
from revmentor_desktop.domain.programmes import Programme
from revmentor_desktop.domain.templates import Document
from revmentor_desktop.domain.wordings import Wording, Written
from revmentor_desktop.jobs import labels, pack, preflight
from revmentor_desktop.jobs.changed import changed
from revmentor_desktop.services import issued, letters, organisation, staff, templates
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


def test_a_text_higher_than_a_page_is_named_before_and_while_printing(
    workspace: Workspace,
) -> None:
    def reword(session: Session) -> None:
        wording = Wording("Letter", (Written("table", ("a|{{programme.aims}}|b|c|d|e|f",)),))
        templates.save(session, PAIR_LETTERS[0], "en_GB", wording)
        session.get_one(Programme, 1).aims = "Communication " * 300

    workspace.write(reword)
    to_mentor, to_mentee = preflight.check(workspace, LETTERS).rows
    assert to_mentor.stops
    assert any("too long to stand on one page" in one.text for one in to_mentor.problems)
    assert not to_mentee.stops
    with pytest.raises(UserError, match="Letter to the mentor, P001 Ann Ash and Bo Birch: A name"):
        pack.pages_of(workspace, LETTERS)


def test_only_what_is_printed_must_be_drawable(workspace: Workspace) -> None:
    def reword(session: Session) -> None:
        hidden = Written("paragraph", ("At {{reader.site}}",), when="pair.meets_online")
        wording = Wording("Letter", (hidden, Written("paragraph", ("Hello",))))
        templates.save(session, PAIR_LETTERS[0], "en_GB", wording)
        staff.save(session, 1, {"site": "李小龙"})

    workspace.write(reword)
    wanted = Pack(1, PAIR_LETTERS[:1], factory.DAY)
    assert not any(row.stops for row in preflight.check(workspace, wanted).rows)
    assert pack.pages_of(workspace, wanted)
    workspace.write(organisation.save_settings, {"footer": "李小龙"})
    [row] = preflight.check(workspace, wanted).rows
    assert row.stops
    assert "letterhead" in row.problems[0].text
    with pytest.raises(UserError, match="letterhead"):
        pack.pages_of(workspace, wanted)


def test_labels_are_for_who_is_there_and_a_refusal_names_the_person(workspace: Workspace) -> None:
    everyone = Pack(1, (), factory.DAY)
    workspace.write(staff.save, 2, {"full_name": "李小龙"})
    with pytest.raises(UserError, match="^李小龙: "):
        labels.labels_of(workspace, everyone, "Avery L7160")
    workspace.write(staff.mark_left, [2], factory.DAY)
    assert labels.labels_of(workspace, everyone, "Avery L7160")

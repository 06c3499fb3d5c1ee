"""Files of every version that was in use open in this one, with everything that was in them."""

from __future__ import annotations

import gzip
import re
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.organisation import Organisation
from revmentor_desktop.domain.pairs import Pair
from revmentor_desktop.domain.printed import IssuedDocument
from revmentor_desktop.domain.staff import StaffMember, folded_keys
from revmentor_desktop.jobs import files
from revmentor_desktop.services import pairs, programmes
from revmentor_desktop.store import backups, migrations
from revmentor_desktop.store.connection import connect

KEPT = Path(__file__).parents[1] / "files" / "versions"
VERSIONS = sorted(KEPT.glob("*.revmentor.gz"))


def clock() -> datetime:
    return datetime(2026, 3, 2, 9, 0)


@pytest.fixture(params=VERSIONS, ids=lambda path: path.name.split(".")[0])
def old(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REVMENTOR_DATA_DIR", str(tmp_path / "data"))
    file = tmp_path / "old.revmentor"
    file.write_bytes(gzip.decompress(request.param.read_bytes()))
    return file


def schema(file: Path) -> dict[str, tuple[str, str]]:
    raw = connect(file)
    rows = raw.execute("SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    raw.close()
    return {name: (kind, re.sub(r"\s+", " ", sql).strip()) for name, kind, sql in rows}


def test_a_file_of_every_version_before_this_is_kept() -> None:
    kept = {int(path.name.split(".")[0]) for path in VERSIONS}
    assert kept == set(range(1, migrations.schema_version()))


def test_an_old_file_becomes_what_a_new_one_is(old: Path, tmp_path: Path) -> None:
    files.open_file(old, clock).close()
    new = tmp_path / "new.revmentor"
    files.new(new, "New", clock).close()
    assert schema(old) == schema(new)
    assert backups.verify(old) == []


def test_nothing_in_it_is_lost(old: Path) -> None:
    with files.open_file(old, clock) as workspace:
        found = workspace.read(contents)
    assert found == {
        "organisation": "Harbour Trust",
        "people": 11,
        "managers": 10,
        "pairs": [(1, "proposed"), (2, "proposed"), (3, "proposed")],
        "events": 3,
        "issued": 15,
    }


def contents(session: Session) -> dict[str, object]:
    people = session.scalars(select(StaffMember)).all()
    made = session.scalars(select(Pair).order_by(Pair.id)).all()
    return {
        "organisation": session.scalars(select(Organisation)).one().name,
        "people": len(people),
        "managers": sum(person.manager_id is not None for person in people),
        "pairs": [(pair.id, pair.state.value) for pair in made],
        "events": sum(len(pair.events) for pair in made),
        "issued": len(session.scalars(select(IssuedDocument)).all()),
    }


def test_a_number_that_was_given_out_is_not_given_again(old: Path) -> None:
    with files.open_file(old, clock) as workspace:
        programme = workspace.read(programmes.required_id, None)
        first, last = workspace.read(people_of_last_pair)
        workspace.write(pairs.delete, [3])
        made = workspace.write(make_pair, programme, first, last).value
    assert made == 4


def people_of_last_pair(session: Session) -> tuple[int, int]:
    pair = session.get_one(Pair, 3)
    return pair.mentor_id, pair.mentee_id


def make_pair(session: Session, programme: int, mentor: int, mentee: int) -> int:
    return pairs.make(session, programme, mentor, mentee, clock().date()).id


def test_people_sort_as_new_ones_do(old: Path) -> None:
    names = [column.key for column in StaffMember.__table__.columns]

    def rows(session: Session) -> list[dict[str, object]]:
        people = session.scalars(select(StaffMember))
        return [{name: getattr(person, name) for name in names} for person in people]

    with files.open_file(old, clock) as workspace:
        people = workspace.read(rows)
    assert not all(str(person["full_name"]).isascii() for person in people)
    for person in people:
        assert person == person | folded_keys(person)

"""Valid objects for tests, which then state only what matters to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy.orm import Session

from revmentor_desktop.domain.programmes import EnrolmentState, Role
from revmentor_desktop.jobs import files
from revmentor_desktop.services import enrolments, pairs, programmes, session_logs, staff
from revmentor_desktop.services.session_logs import SessionEntry
from revmentor_desktop.store.workspace import Workspace

NOW = datetime(2026, 3, 2, 9, 0)
DAY = NOW.date()


def clock() -> datetime:
    """A clock that stands still."""
    return NOW


def workspace(folder: Path, name: str = "Ours", *fill: Callable[[Session], object]) -> Workspace:
    """An open file with its organisation and topics and what some writes add; the caller closes
    it.
    """
    path = new_file(folder, name, *fill)
    return files.open_file(path, clock)


def new_file(folder: Path, name: str, *fill: Callable[[Session], object]) -> Path:
    """The same, closed; a copy, as making a file takes as long as a test."""
    path = folder / f"{name}.revmentor"
    path.touch(mode=0o600)
    path.write_bytes(_made(name, *fill))
    return path


@cache
def _made(name: str, *fill: Callable[[Session], object]) -> bytes:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("REVMENTOR_DATA_DIR", str(Path(folder, "data")))
        path = Path(folder, f"{name}.revmentor")
        with files.new(path, name, clock) as made:
            for action in fill:
                made.write(action)
        return path.read_bytes()


def staff_member(session: Session, name: str = "Ann Ash", **values: Any) -> int:  # noqa: ANN401
    """A person who was told of the programme."""
    return staff.add(session, {"full_name": name, "told_on": date(2026, 1, 5)} | values)


def programme(session: Session, **values: Any) -> int:  # noqa: ANN401
    """A programme of six months."""
    given = {"name": "Spring", "start_date": DAY, "end_date": date(2026, 9, 2)} | values
    return programmes.save(session, None, given)


def enrolled(session: Session, programme_id: int, name: str, role: Role, **values: Any) -> int:  # noqa: ANN401
    """A person who takes part."""
    staff_id = staff_member(session, name, **values)
    enrolments.enrol(session, programme_id, [staff_id], role, EnrolmentState.ENROLLED)
    return staff_id


def pair(
    session: Session, programme_id: int, mentor: str = "Ann Ash", mentee: str = "Bo Birch"
) -> int:
    """A proposed pair of two new people."""
    one = enrolled(session, programme_id, mentor, Role.MENTOR)
    other = enrolled(session, programme_id, mentee, Role.MENTEE)
    return pairs.make(session, programme_id, one, other, DAY).id


def session_log(session: Session, pair_id: int, **values: Any) -> int:  # noqa: ANN401
    """A session that was held."""
    entry = SessionEntry(**({"pair_id": pair_id, "held_on": DAY} | values))
    return session_logs.save(session, None, entry, DAY)

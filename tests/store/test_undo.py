"""Undo over everything: any sequence of edits, undone, gives the same content, and redone, too."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import text
from sqlalchemy.orm import Session

from revmentor_desktop.domain.base import clean
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.programmes import Role
from revmentor_desktop.domain.schema import METADATA
from revmentor_desktop.domain.session_logs import SessionState
from revmentor_desktop.services import (
    enrolments,
    organisation,
    pairs,
    programmes,
    session_logs,
    staff,
)
from revmentor_desktop.services.organisation import LevelRow
from revmentor_desktop.services.session_logs import ActionEntry, SessionEntry
from revmentor_desktop.store.undo import Inverse
from revmentor_desktop.store.workspace import Workspace

DAY = date(2026, 3, 2)
names = st.text(min_size=1, max_size=20).filter(lambda name: clean(name).strip() != "")


READING = {
    table.name: f"SELECT * FROM {table.name} ORDER BY {'id' if 'id' in table.c else 'rowid'}"
    for table in METADATA.sorted_tables
    if not table.info.get("ledger")
}


def content(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Every row that undo is answerable for, as SQLite has it."""
    raw = session.connection().connection.driver_connection
    assert raw is not None
    return {name: raw.execute(statement).fetchall() for name, statement in READING.items()}


def ids(session: Session, table: str) -> list[int]:
    return list(session.scalars(text(f"SELECT id FROM {table} ORDER BY id")))


def opened(file: Path) -> Workspace:
    workspace = Workspace.open(file, data_dir=file.parent, clock=lambda: datetime(2026, 3, 2))
    workspace.record_inverses()
    return workspace


@cache
def _empty() -> bytes:
    """A file of an organisation with nobody in it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "a.revmentor")
        with Workspace.create(
            file, data_dir=file.parent, clock=lambda: datetime(2026, 3, 2)
        ) as made:
            made.write(organisation.create, "Ours")
        return file.read_bytes()


class UndoMachine(RuleBasedStateMachine):
    """Does what a coordinator can do, in any order, and takes it back."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        file = self.folder / "a.revmentor"
        file.write_bytes(_empty())
        self.workspace = opened(file)
        self.first = self.workspace.read(content)
        self.done: list[Inverse] = []
        self.states = [self.first]

    def teardown(self) -> None:
        last = self.workspace.read(content)
        back: list[Inverse] = []
        for inverse, state in zip(reversed(self.done), reversed(self.states[:-1]), strict=True):
            found = self.workspace.replay(inverse, "undo").inverse
            assert found is not None
            back.append(found)
            assert self.workspace.read(content) == state
        assert self.workspace.read(content) == self.first
        for inverse in reversed(back):
            self.workspace.replay(inverse, "redo")
        assert self.workspace.read(content) == last
        self.workspace.close()
        shutil.rmtree(self.folder)

    def do(self, action: Any, *args: Any) -> None:  # noqa: ANN401
        try:
            outcome = self.workspace.write(action, *args)
        except UserError:
            return
        assert outcome.inverse is not None
        if outcome.inverse.statements:
            self.done.append(outcome.inverse)
            self.states.append(self.workspace.read(content))

    def one(self, table: str, number: int) -> int:
        found = self.workspace.read(ids, table)
        return found[number % len(found)] if found else 0

    @rule(name=names, number=st.integers(0, 5))
    def add_person(self, name: str, number: int) -> None:
        values = {"full_name": name, "manager": self.one("staff", number) or None, "told_on": DAY,
                  "offers": "Topic A, Topic B"}  # fmt: skip
        self.do(staff.add, values)

    @rule(number=st.integers(0, 50), name=names)
    def rename_person(self, number: int, name: str) -> None:
        if at := self.one("staff", number):
            self.do(staff.save, at, {"full_name": name, "wants": name})

    @rule(number=st.integers(0, 50))
    def delete_person(self, number: int) -> None:
        self.do(staff.delete, [self.one("staff", number)])

    @rule(name=names)
    def save_levels(self, name: str) -> None:
        rows = [LevelRow(None, 1, name), LevelRow(None, 2, f"{name} 2")]
        self.do(organisation.save_levels, rows)

    @rule(name=names)
    def make_programme(self, name: str) -> None:
        values = {"name": name, "start_date": DAY, "end_date": date(2026, 9, 2)}
        self.do(programmes.save, None, values)

    @rule(number=st.integers(0, 9))
    def delete_programme(self, number: int) -> None:
        self.do(programmes.delete, [self.one("programmes", number)])

    @rule(number=st.integers(0, 9), role=st.sampled_from(list(Role)))
    def enrol(self, number: int, role: Role) -> None:
        everyone = self.workspace.read(ids, "staff")
        self.do(enrolments.enrol, self.one("programmes", number), everyone, role)

    @rule(number=st.integers(0, 9), one=st.integers(0, 50), other=st.integers(0, 50))
    def pair(self, number: int, one: int, other: int) -> None:
        programme_id = self.one("programmes", number)
        mentor, mentee = self.one("staff", one), self.one("staff", other)
        self.do(_make_pair, programme_id, mentor, mentee)

    @rule(number=st.integers(0, 50), step=st.sampled_from(list(pairs.STEPS)))
    def step(self, number: int, step: str) -> None:
        self.do(pairs.step, [self.one("pairs", number)], step, DAY)

    @rule(number=st.integers(0, 50))
    def delete_pair(self, number: int) -> None:
        self.do(pairs.delete, [self.one("pairs", number)])

    @rule(number=st.integers(0, 50), note=names, state=st.sampled_from(list(SessionState)))
    def log(self, number: int, note: str, state: SessionState) -> None:
        entry = SessionEntry(
            self.one("pairs", number), DAY, state=state, note=note, topics=("Topic A", note),
            actions=(ActionEntry(note),), change=note,
        )  # fmt: skip
        self.do(session_logs.save, None, entry, DAY)

    @invariant()
    def links_hold(self) -> None:
        def broken(session: Session) -> list[object]:
            return list(session.execute(text("PRAGMA foreign_key_check")))

        assert self.workspace.read(broken) == []


def _make_pair(session: Session, programme_id: int, mentor: int, mentee: int) -> None:
    pairs.make(session, programme_id, mentor, mentee, DAY)


TestUndo = UndoMachine.TestCase
TestUndo.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_two_thousand_rows_are_taken_back_at_once(tmp_path: Path) -> None:
    columns = ", ".join(f'"{c.name}"' for c in METADATA.tables["staff"].c if c.name != "id")
    copies = f"""
        WITH RECURSIVE copy(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM copy WHERE n < 2000)
        INSERT INTO staff ({columns}) SELECT {columns} FROM staff, copy
    """

    def many(session: Session) -> None:
        staff.add(session, {"full_name": "Person"})
        session.flush()
        session.connection().exec_driver_sql(copies)

    file = tmp_path / "a.revmentor"
    file.write_bytes(_empty())
    with opened(file) as workspace:
        before = workspace.read(content)
        inverse = workspace.write(many).inverse
        assert inverse is not None
        assert inverse.tables == {"staff"}
        assert len(inverse.statements) >= 2000
        workspace.replay(inverse, "undo")
        assert workspace.read(content) == before

"""Matching from the command line: the decisions of the review hold there, too."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.programmes import Role
from revmentor_desktop.jobs import matching
from revmentor_desktop.services import decisions, pairs, programmes
from revmentor_desktop.store.workspace import Workspace
from tests import factory
from tests.factory import DAY, enrolled, programme, staff_member


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("REVMENTOR_DATA_DIR", str(tmp_path / "data"))
    with factory.workspace(tmp_path) as made:
        yield made


def _decided(session: Session) -> tuple[int, int, int]:
    spring = programme(session)
    mentors = [enrolled(session, spring, f"Mentor {n}", Role.MENTOR) for n in range(3)]
    mentees = [enrolled(session, spring, f"Mentee {n}", Role.MENTEE) for n in range(3)]
    decisions.lock(session, spring, mentors[2], mentees[0])
    decisions.leave_out(session, spring, mentees[1])
    return spring, mentors[2], mentees[0]


def test_what_she_decided_holds_and_nothing_is_stored_unless_asked(
    workspace: Workspace, tmp_path: Path
) -> None:
    spring, mentor, mentee = workspace.write(_decided).value
    tried = matching.match(workspace, None, DAY, accept=False)
    assert (len(tried.rows), tried.accepted) == (2, 0)
    assert (mentor, mentee) in {row.couple for row in tried.rows}
    assert "Mentee 1" not in {row.mentee for row in tried.rows}
    assert tried.summary() == "2 pairs, 1 person waits for a partner; nothing was stored"
    assert workspace.read(pairs.of_programme, spring) == []
    matching.write_csv(tmp_path / "pairs.csv", tried)
    with (tmp_path / "pairs.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["mentor", "mentee", "score", "known", "reason"]
    assert [row["mentor"] for row in rows] == [row.mentor for row in tried.rows]
    done = matching.match(workspace, "spring", DAY, accept=True)
    assert (done.rows, done.accepted) == (tried.rows, 2)
    assert len(workspace.read(pairs.of_programme, spring)) == 2


def test_roles_are_made_where_nobody_is_enrolled_and_a_closed_programme_is_refused(
    workspace: Workspace,
) -> None:
    for n in range(6):
        workspace.write(staff_member, f"Person {n}", team=f"T{n}")
    result = matching.match(workspace, None, DAY, accept=True)
    assert "There was no programme, so one was made" in result.said[0]
    assert "the top third by level and start date became mentees (2)" in result.said[1]
    spring = workspace.read(programmes.required_id, None)
    workspace.write(programmes.close, spring, DAY)
    with pytest.raises(UserError, match="is closed"):
        matching.match(workspace, "Programme", DAY, accept=False)

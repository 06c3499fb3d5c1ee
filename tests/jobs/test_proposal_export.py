"""The proposal leaves the file as a list and as a report, without anything that is private."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop import i18n
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.ledger import Export
from revmentor_desktop.domain.matching import reasons
from revmentor_desktop.domain.programmes import Enrolment, Role, Wish
from revmentor_desktop.jobs.proposal_export import HEADINGS, export_proposal
from revmentor_desktop.services import decisions, keep_aparts, matching, review
from revmentor_desktop.services.review import Review
from revmentor_desktop.store.workspace import Workspace
from tests import factory
from tests.factory import enrolled, programme

NOW = datetime(2026, 3, 2, 9)
PRIVATE = (
    "married",
    "1961",
    "1994",
    "Asked by the board",
    "wish",
    "kept apart",
    "Keep apart",
    "vailable",
)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("REVMENTOR_DATA_DIR", str(tmp_path / "data"))
    with factory.workspace(tmp_path) as made:
        yield made


def _filled(session: Session) -> int:
    """Three pairs to be, one against a rule, and one who waits because of a keep-apart."""
    spring = programme(session, name="Spring & <b>Summer</b>")
    ids = []
    for n in range(3):
        ids.append(
            enrolled(
                session, spring, f"=Mentor {n}", Role.MENTOR, birth_year=1994, team=f"T{n}",
                offers=("Budgets",), department="Sales", job_title="Clerk | <i>first</i>",
            )
        )  # fmt: skip
        ids.append(
            enrolled(
                session, spring, f"Mentee {n}", Role.MENTEE, birth_year=1961, team=f"T{n}",
                wants=("Budgets",),
            )
        )  # fmt: skip
    alone = enrolled(session, spring, "Alone", Role.MENTEE)
    for mentor in ids[::2]:
        keep_aparts.keep_apart(session, mentor, alone, "They were married")
    enrolment = session.scalars(select(Enrolment).where(Enrolment.staff_id == ids[1])).one()
    session.add(Wish(enrolment_id=enrolment.id, staff_id=ids[0], rank=1))
    decisions.lock(session, spring, ids[0], ids[1], "Asked by the board")
    return spring


@pytest.fixture
def found(workspace: Workspace) -> Review:
    spring = workspace.write(_filled).value
    return review.review(workspace.read(matching.collect, spring))


def test_as_a_list_it_has_a_row_for_each_pair_and_who_waits(
    workspace: Workspace, found: Review, tmp_path: Path
) -> None:
    assert export_proposal(workspace, tmp_path / "p.csv", found, NOW) == 3
    with (tmp_path / "p.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == HEADINGS
    assert [row[0] for row in rows[1:]] == ["'=Mentor 0", "'=Mentor 1", "'=Mentor 2", ""]
    assert rows[4][3:5] == ["Alone", ""]
    assert [row[8] for row in rows[1:]] == ["yes", "no", "no", "no"]
    assert float(rows[1][6]) == found.suggestions[0].score / 10, "as the window shows it"
    assert export_proposal(workspace, tmp_path / "p.xlsx", found, NOW) == 3
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx").active
    cells = list(sheet.iter_rows(values_only=True))
    assert cells[0] == tuple(HEADINGS)
    assert cells[1][0] == "'=Mentor 0"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    everything = f"{rows}{cells}"
    assert not [word for word in PRIVATE if word in everything]


def test_as_a_report_it_says_who_with_whom_and_why_and_no_score(
    workspace: Workspace, found: Review, tmp_path: Path
) -> None:
    target = tmp_path / "p.pdf"
    assert export_proposal(workspace, target, found, NOW) == 3
    first = target.read_bytes()
    text = " ".join("".join(p.extract_text() for p in PdfReader(target).pages).split())
    assert "Proposed pairs: Spring & <b>Summer</b>" in text
    assert "2 March 2026: 3 pairs are proposed" in text
    for line in found.suggestions:
        assert line.mentor in text
        assert line.mentee in text
        assert str(line.score) not in text
    assert "Clerk | <i>first</i>" in text
    assert "Waiting for a partner" in text
    assert "Alone" in text
    assert "Not in the reporting line" in text
    assert "1 pair is an exception." in text
    assert "not matched now" not in text
    assert not [word for word in PRIVATE if word in text]
    export_proposal(workspace, target, found, NOW)
    assert target.read_bytes() == first


def test_only_the_chosen_ones_and_the_ledger_knows_how_many(
    workspace: Workspace, found: Review, tmp_path: Path
) -> None:
    some = replace(found, suggestions=found.suggestions[:1])
    assert export_proposal(workspace, tmp_path / "p.csv", some, NOW) == 1
    entries = workspace.read(lambda session: [(e.what, e.people) for e in session.query(Export)])
    assert entries == [("proposal", 1)]
    with pytest.raises(UserError, match="must end in"):
        export_proposal(workspace, tmp_path / "p.txt", found, NOW)


def test_an_empty_proposal_is_a_report_all_the_same(workspace: Workspace, tmp_path: Path) -> None:
    spring = workspace.write(programme).value
    empty = review.review(workspace.read(matching.collect, spring))
    assert export_proposal(workspace, tmp_path / "p.pdf", empty, NOW) == 0
    assert len(PdfReader(tmp_path / "p.pdf").pages) == 1


def test_the_report_tells_of_people_who_are_not_matched_now(
    workspace: Workspace, found: Review, tmp_path: Path
) -> None:
    waiting = [person.staff_id for person in found.waiting]
    for who in waiting:
        workspace.write(decisions.leave_out, found.collected.programme_id, who)
    without = review.review(workspace.read(matching.collect, found.collected.programme_id))
    assert without.waiting == ()
    target = tmp_path / "p.pdf"
    export_proposal(workspace, target, without, NOW)
    text = " ".join("".join(p.extract_text() for p in PdfReader(target).pages).split())
    assert "1 person is not matched now." in text
    assert "Everybody who takes part" not in text


def test_what_goes_on_paper_is_in_the_language_of_the_organisation(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    spring = workspace.write(_filled).value
    data = replace(workspace.read(matching.collect, spring), language="xx_XX")
    monkeypatch.setattr(
        reasons, "_", lambda text: f"XX {text}" if i18n.current_language() == "xx_XX" else text
    )
    line = review.review(data).suggestions[0]
    assert all(text.startswith("XX ") for text in line.letter_reasons)
    assert "XX" not in line.reason
    assert workspace.read(matching.collect, spring).language == i18n.current_language()

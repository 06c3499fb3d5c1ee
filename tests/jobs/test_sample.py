"""The sample programme: the same on the same day, and something to show on every screen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from revmentor_desktop import resources
from revmentor_desktop.domain.pairs import PairState
from revmentor_desktop.domain.programmes import EnrolmentState
from revmentor_desktop.domain.schema import METADATA
from revmentor_desktop.jobs import files
from revmentor_desktop.services import (
    benefits,
    enrolments,
    pairs,
    questionnaires,
    staff_choices,
    today,
)
from revmentor_desktop.store.workspace import Workspace

NOW = datetime(2026, 3, 2, 9, 0)
FORBIDDEN = re.compile(
    r"\b(older|younger|senior|junior|tech gap|prejudice|stereotype|millennial|boomer)\b"
)


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVMENTOR_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def sample() -> Iterator[Workspace]:
    made = files.sample_copy(lambda: NOW)
    yield made
    made.close()


def content(session: Session) -> dict[str, list[tuple[object, ...]]]:
    return {
        table.name: [tuple(row) for row in session.execute(text(f"SELECT * FROM {table.name}"))]
        for table in METADATA.sorted_tables
        if not table.info.get("ledger")
    }


def test_the_same_day_gives_the_same_programme(sample: Workspace) -> None:
    again = files.sample_copy(lambda: NOW)
    assert again.path != sample.path, "the open sample was replaced"
    assert again.read(content) == sample.read(content)
    again.close()


def test_every_screen_has_something_to_show(sample: Workspace) -> None:
    assert len(sample.read(staff_choices.names)) == 60
    rows = sample.read(pairs.of_programme, 1)
    assert len(rows) == 20
    states = Counter(row.state for row in rows)
    assert {
        PairState.ACTIVE, PairState.PAUSED, PairState.ENDED_EARLY, PairState.COMPLETED,
        PairState.ASKED, PairState.PROPOSED,
    } <= set(states)  # fmt: skip
    assert all(row.reason for row in rows)
    page = sample.read(today.page, 1, NOW.date())
    assert {need.kind for need in page.needs} >= {"quiet", "moved", "unanswered", "proposed"}
    assert page.steps
    assert sum(count for _month, count in page.months) > 40
    found = sample.read(benefits.page, 1)
    assert all(row.sessions for row in found.benefits)
    assert found.changes
    assert len(sample.read(questionnaires.summary, 1)) == 7
    counts = sample.read(enrolments.counts, 1)
    assert {state for _role, state in counts} >= {
        EnrolmentState.ENROLLED, EnrolmentState.WAITING, EnrolmentState.CANDIDATE,
        EnrolmentState.DECLINED,
    }  # fmt: skip


def test_names_stand_in_several_scripts(sample: Workspace) -> None:
    names = " ".join(name for _id, name in sample.read(staff_choices.names))
    for script in ("א-ת", "ء-ي", "Α-ω", "А-я", "ऀ-ॿ"):
        assert re.search(f"[{script}]", names), script
    assert any(len(name) == 40 for _id, name in sample.read(staff_choices.names))


def test_nothing_lies_in_the_future_that_was_held(sample: Workspace) -> None:
    def days(session: Session) -> list[str]:
        return list(session.scalars(text("SELECT held_on FROM session_logs WHERE state = 'held'")))

    assert max(sample.read(days)) <= str(NOW.date())


@pytest.mark.parametrize("days", [0, 40, 100, 200, 300, 365 * 2 + 61])
def test_it_can_be_made_on_any_day(days: int) -> None:
    moment = NOW + timedelta(days=days)
    made = files.sample_copy(lambda: moment)
    assert len(made.read(pairs.of_programme, 1)) == 20
    made.close()
    assert date(2026, 3, 2) == NOW.date()


@pytest.mark.parametrize(
    "name", ["sample/lindenhof.json", "topics/en_GB.json", "questionnaires/en_GB.json"]
)
def test_the_shipped_words_mind_what_they_say(name: str) -> None:
    shipped = resources.path(*name.split("/")).read_text("utf-8").casefold()
    assert not FORBIDDEN.findall(shipped)

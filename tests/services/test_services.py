"""What the coordinator does, through the functions that the window and the command line share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.pairs import Answer, PairState
from revmentor_desktop.domain.programmes import EnrolmentState, Role, StepKind
from revmentor_desktop.domain.session_logs import SessionState, Side
from revmentor_desktop.domain.topics import InterestKind
from revmentor_desktop.jobs import files
from revmentor_desktop.services import (
    benefits,
    enrolments,
    matching,
    organisation,
    pages,
    pairs,
    programmes,
    proposals,
    questionnaires,
    review,
    session_logs,
    staff,
    staff_choices,
    today,
    topics,
)
from revmentor_desktop.services.organisation import LevelRow
from revmentor_desktop.services.pair_table import PairTable
from revmentor_desktop.services.session_logs import ActionEntry, SessionEntry
from revmentor_desktop.services.session_table import SessionTable
from revmentor_desktop.services.staff_table import StaffTable
from revmentor_desktop.services.tables import TableSource
from revmentor_desktop.store.workspace import Workspace
from tests import factory

DAY = date(2026, 3, 2)
TOLD = date(2026, 1, 5)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("REVMENTOR_DATA_DIR", str(tmp_path / "data"))
    with files.new(tmp_path / "a.revmentor", "Ours", lambda: datetime(2026, 3, 2, 9)) as made:
        yield made


def person(workspace: Workspace, name: str, **values: object) -> int:
    return workspace.write(staff.add, {"full_name": name, "told_on": TOLD} | values).value


def programme(workspace: Workspace, **values: object) -> int:
    given = {"name": "Spring", "start_date": DAY, "end_date": date(2026, 9, 2)}
    return workspace.write(programmes.save, None, given | values).value


def pair(workspace: Workspace) -> tuple[int, int]:
    programme_id = programme(workspace)
    mentor, mentee = person(workspace, "Ann Ash"), person(workspace, "Bo Birch")
    for who, role in ((mentor, Role.MENTOR), (mentee, Role.MENTEE)):
        workspace.write(enrolments.enrol, programme_id, [who], role)
    found = workspace.read(proposals.by_hand, programme_id, mentor, mentee)
    [pair_id] = workspace.write(proposals.accept, programme_id, [found], DAY, True).value
    return programme_id, pair_id


def log(workspace: Workspace, pair_id: int, **values: object) -> int:
    entry = SessionEntry(**({"pair_id": pair_id, "held_on": DAY} | values))  # type: ignore[arg-type]
    return workspace.write(session_logs.save, None, entry, DAY).value


# Staff


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"full_name": "  "}, "needs a name"),
        ({"full_name": "A", "email": "no"}, "“no” is not an e-mail address"),
        ({"full_name": "A", "birth_year": "84"}, "is not a birth year"),
        ({"full_name": "A", "staff_number": "7"}, "Ann Ash has the staff number 7 already"),
        ({"full_name": "A", "level": "Boss"}, "There is no level “Boss”"),
        ({"full_name": "A", "manager": "Nobody"}, "nobody called “Nobody”"),
        ({"full_name": "A" * 400}, "at most 300"),
        ({"full_name": "A", "formats": "by pigeon"}, "is not a way to meet"),
    ],
)
def test_a_record_is_refused_in_words(
    workspace: Workspace, values: dict[str, object], sentence: str
) -> None:
    person(workspace, "Ann Ash", staff_number="7")
    with pytest.raises(UserError, match=sentence):
        workspace.write(staff.add, values)
    assert len(workspace.read(staff_choices.names)) == 1


def test_nobody_is_above_their_own_manager(workspace: Workspace) -> None:
    ann = person(workspace, "Ann Ash")
    bo = person(workspace, "Bo Birch", manager="Ann Ash")
    with pytest.raises(UserError, match="above their own manager"):
        workspace.write(staff.save, ann, {"manager": bo})
    with pytest.raises(UserError, match="their own manager"):
        workspace.write(staff.save, ann, {"manager": ann})


def test_topics_are_found_by_name_and_new_ones_are_kept(workspace: Workspace) -> None:
    ann = person(workspace, "Ann Ash", offers="safe PASSWORDS and personal data; Bread baking")
    interests = workspace.read(topics.interests_of, [ann])
    names = {name for name, _strength in interests[ann, InterestKind.OFFERS]}
    assert names == {"Safe passwords and personal data", "Bread baking"}
    workspace.write(staff.save, ann, {"offers": ("Bread baking",)})
    found = workspace.read(topics.interests_of, [ann])
    assert [name for name, _s in found[ann, InterestKind.OFFERS]] == ["Bread baking"]


def test_levels_are_ordered_and_a_removed_one_leaves_its_people(workspace: Workspace) -> None:
    rows = [LevelRow(None, 1, "Low"), LevelRow(None, 2, "High")]
    workspace.write(organisation.save_levels, rows)
    ann = person(workspace, "Ann Ash", level="High")
    low, high = workspace.read(organisation.levels)
    assert (low.name, high.people) == ("Low", 1)
    with pytest.raises(UserError, match="two levels called"):
        workspace.write(organisation.save_levels, [low, LevelRow(None, 2, "LOW")])
    workspace.write(organisation.save_levels, [low])
    assert workspace.read(staff.record, ann).values["level"] is None


# Tables


@pytest.mark.parametrize("kind", ["staff", "pairs", "sessions"])
def test_every_column_sorts_both_ways_and_shows_a_text(workspace: Workspace, kind: str) -> None:
    programme_id, pair_id = pair(workspace)
    log(workspace, pair_id)
    source: TableSource[object] = {
        "staff": StaffTable(programme_id),
        "pairs": PairTable(programme_id),
        "sessions": SessionTable(programme_id),
    }[kind]
    for column in source.columns:
        up = workspace.read(source.ids, column.key, False, {})
        down = workspace.read(source.ids, column.key, True, {})
        assert up == list(reversed(down))
        assert len(workspace.read(source.search_texts, column.key, False, {})) == len(up)
        rows = workspace.read(source.rows, up)
        assert all(isinstance(column.text(row), str) for row in rows.values())
    for narrowing in workspace.read(source.filter_choices):
        for value, _text in narrowing.choices:
            workspace.read(source.ids, source.columns[0].key, False, {narrowing.key: value})


def test_a_bulk_edit_is_all_or_nothing(workspace: Workspace) -> None:
    ids = [person(workspace, name) for name in ("Ann Ash", "Bo Birch")]
    table = StaffTable(None)
    workspace.write(table.set_values, ids, {"department": "Sales"})
    with pytest.raises(UserError):
        workspace.write(table.set_values, ids, {"department": "IT", "email": "bad"})
    rows = workspace.read(table.rows, ids)
    assert {row.department for row in rows.values()} == {"Sales"}


# Programmes and who takes part


def test_a_programme_brings_its_plan_and_questionnaire(workspace: Workspace) -> None:
    programme_id = programme(workspace)
    plan = workspace.read(today.plan, programme_id, DAY)
    assert len(plan) == len(StepKind)
    assert plan[0].late > 0
    assert len(workspace.read(questionnaires.summary, programme_id)) == 7
    with pytest.raises(UserError, match="before it starts"):
        workspace.write(
            programmes.save, programme_id, {"name": "A", "start_date": DAY, "end_date": DAY}
        )


def test_steps_of_the_plan_are_ticked_by_what_is_done(workspace: Workspace) -> None:
    def done(session: Session) -> dict[str, date | None]:
        return {step.name: step.done_on for step in today.plan(session, 1, DAY)}

    def make(session: Session) -> list[int]:
        programme_id = factory.programme(session)
        return [factory.pair(session, programme_id, f"A{n}", f"B{n}") for n in range(2)]

    first, second = workspace.write(make).value
    assert workspace.read(done)["Propose pairs"] == DAY
    assert workspace.read(done)["Ask both sides"] is None
    workspace.write(pairs.step, [first], "ask", DAY)
    workspace.write(pairs.record_answers, first, {Role.MENTOR: Answer.NO}, DAY)
    assert workspace.read(done)["Ask both sides"] is None, "the second waits"
    later = DAY + timedelta(days=2)
    workspace.write(pairs.step, [second], "confirm", later)
    assert workspace.read(done)["Ask both sides"] == later
    workspace.write(pairs.step, [second], "start", later + timedelta(days=5))
    assert workspace.read(done)["Ask both sides"] == later, "a tick stays as it is"
    assert "Propose pairs" not in [step.name for step in workspace.read(today.page, 1, DAY).steps]


def test_a_closed_programme_can_only_be_read(workspace: Workspace) -> None:
    programme_id, pair_id = pair(workspace)
    workspace.write(programmes.close, programme_id, DAY)
    for act in (
        lambda: log(workspace, pair_id),
        lambda: workspace.write(pairs.step, [pair_id], "start", DAY),
        lambda: workspace.write(enrolments.propose_roles, programme_id),
        lambda: workspace.write(PairTable(programme_id).set_values, [pair_id], {"shared_aim": "x"}),
    ):
        with pytest.raises(UserError, match="can only be read"):
            act()
    workspace.write(programmes.reopen, programme_id)
    log(workspace, pair_id)


def test_nobody_takes_part_who_was_not_told(workspace: Workspace) -> None:
    programme_id = programme(workspace)
    ann = person(workspace, "Ann Ash", told_on=None)
    with pytest.raises(UserError, match="Ann Ash has not been told"):
        workspace.write(enrolments.enrol, programme_id, [ann], Role.MENTOR)
    workspace.write(staff.mark_told, [ann], TOLD)
    workspace.write(enrolments.enrol, programme_id, [ann], Role.MENTOR)
    workspace.write(staff.mark_left, [ann], DAY)
    with pytest.raises(UserError, match="has left"):
        workspace.write(enrolments.enrol, programme_id, [ann], Role.MENTOR)


def test_proposed_roles_are_candidates_cut_by_level_and_start(workspace: Workspace) -> None:
    workspace.write(organisation.save_levels, [LevelRow(None, 1, "Low"), LevelRow(None, 2, "High")])
    for number in range(9):
        person(
            workspace, f"P {number}", level="High" if number < 3 else "Low",
            start_date=DAY - timedelta(days=number), staff_number=str(number),
        )  # fmt: skip
    programme_id = programme(workspace)
    assert workspace.write(enrolments.propose_roles, programme_id).value == (3, 3)
    counts = workspace.read(enrolments.counts, programme_id)
    assert counts == {
        (Role.MENTEE, EnrolmentState.CANDIDATE): 3,
        (Role.MENTOR, EnrolmentState.CANDIDATE): 3,
    }
    table = StaffTable(programme_id)
    rows = workspace.read(table.rows, workspace.read(table.ids, "full_name", False, {}))
    by_name = {row.name: row.status for row in rows.values()}
    assert by_name["P 0"] == "Candidate: Mentee"
    assert by_name["P 3"] == "Candidate: Mentor"
    assert by_name["P 8"] == ""


def test_a_level_that_is_unknown_is_no_entry_level(workspace: Workspace) -> None:
    levels = [LevelRow(None, rank, name) for rank, name in enumerate(("Low", "Middle", "High"), 1)]
    workspace.write(organisation.save_levels, levels)
    for number, level in enumerate(("Low", "Low", "Middle", None, None, None, "Middle", "High",
                                    "High")):  # fmt: skip
        person(workspace, f"P {number}", level=level, staff_number=str(number))
    programme_id = programme(workspace)
    workspace.write(enrolments.propose_roles, programme_id)
    table = StaffTable(programme_id)
    rows = workspace.read(table.rows, workspace.read(table.ids, "full_name", False, {}))
    by_name = {row.name: row.status for row in rows.values()}
    assert {by_name["P 0"], by_name["P 1"]} == {"Candidate: Mentor"}
    assert {by_name["P 7"], by_name["P 8"]} == {"Candidate: Mentee"}


# Pairs and sessions


def test_by_hand_says_which_rule_is_broken_and_keeps_it(workspace: Workspace) -> None:
    programme_id = programme(workspace)
    boss = person(workspace, "Bo Birch")
    ann = person(workspace, "Ann Ash", manager="Bo Birch")
    found = workspace.read(proposals.by_hand, programme_id, ann, boss)
    assert found.exceptions == (
        "One of them is in the other’s reporting line",
        "Ann Ash is not enrolled as “Mentor”",
        "Bo Birch is not enrolled as “Mentee”",
    )
    [pair_id] = workspace.write(proposals.accept, programme_id, [found], DAY, True).value
    assert workspace.read(pages.pair_page, pair_id).exceptions == found.exceptions
    with pytest.raises(UserError, match="Ann Ash and Bo Birch are a pair already"):
        workspace.write(proposals.accept, programme_id, [found], DAY, True)


def test_a_no_frees_both_and_they_are_not_proposed_again(workspace: Workspace) -> None:
    programme_id, pair_id = pair(workspace)
    workspace.write(pairs.record_answers, pair_id, {Role.MENTEE: Answer.NO}, DAY)
    [row] = workspace.read(pairs.of_programme, programme_id)
    assert row.state is PairState.DECLINED
    found = review.review(workspace.read(matching.collect, programme_id))
    assert found.suggestions == ()
    assert "before" in found.waiting[0].why


def test_the_first_held_session_makes_a_pair_active(workspace: Workspace) -> None:
    programme_id, pair_id = pair(workspace)
    log(workspace, pair_id, state=SessionState.MOVED, moved_by=Side.MENTEE, minutes=0)
    assert workspace.read(pairs.of_programme, programme_id)[0].state is PairState.PROPOSED
    log(workspace, pair_id, change="We met the board", topics=("Safe passwords", "Budgets"),
        actions=(ActionEntry("Call"), ActionEntry(" ")))  # fmt: skip
    [row] = workspace.read(pairs.of_programme, programme_id)
    assert (row.state, row.held) == (PairState.ACTIVE, 1)
    assert [c.text for c in workspace.read(benefits.changes, programme_id)] == ["We met the board"]
    assert workspace.read(session_logs.of_pair, pair_id)[0].actions == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"held_on": DAY + timedelta(days=1)}, "cannot lie in the future"),
        ({"minutes": 700}, "at most 600 minutes"),
        ({"next_date": DAY - timedelta(days=1)}, "lies before this one"),
    ],
)
def test_a_session_is_refused_in_words(
    workspace: Workspace, values: dict[str, object], sentence: str
) -> None:
    _programme, pair_id = pair(workspace)
    with pytest.raises(UserError, match=sentence):
        log(workspace, pair_id, **values)


def test_a_session_form_gives_back_what_it_took(workspace: Workspace) -> None:
    _programme, pair_id = pair(workspace)
    entry = SessionEntry(
        pair_id, DAY, minutes=45, note="A note", topics=("Budgets", "Safe passwords"),
        actions=(ActionEntry("Call", Side.BOTH, DAY),), change="More light", next_date=DAY,
    )  # fmt: skip
    log_id = workspace.write(session_logs.save, None, entry, DAY).value
    assert workspace.read(session_logs.record, log_id) == entry
    cleared = SessionEntry(pair_id, DAY)
    workspace.write(session_logs.save, log_id, cleared, DAY)
    assert workspace.read(session_logs.record, log_id) == cleared


# Today, pages and benefits


def test_today_names_quiet_pairs_once_they_are_quiet(workspace: Workspace) -> None:
    programme_id, pair_id = pair(workspace)
    log(workspace, pair_id)
    soon = workspace.read(today.page, programme_id, DAY + timedelta(days=20))
    assert "quiet" not in [need.kind for need in soon.needs]
    late = workspace.read(today.page, programme_id, DAY + timedelta(days=80))
    [quiet] = [need for need in late.needs if need.kind == "quiet"]
    assert quiet.ids == (pair_id,)
    assert "Ann Ash" in quiet.detail
    assert len(late.needs) <= 7


def test_a_page_knows_everything_and_ends_with_its_person(workspace: Workspace) -> None:
    programme_id, pair_id = pair(workspace)
    log(workspace, pair_id, topics=("Budgets",))
    ann = workspace.read(pairs.of_programme, programme_id)[0].mentor_id
    page = workspace.read(pages.person_page, ann, programme_id, DAY)
    assert [p.code for p in page.pairs] == ["P001"]
    assert [part.role for part in page.parts] == ["Mentor"]
    assert page.sessions[0].topics == ("Budgets",)
    found = workspace.read(pages.pair_page, pair_id)
    assert [what for _day, what in found.history][-1] == "Active"
    workspace.write(staff.delete, [ann])
    with pytest.raises(UserError, match="no longer"):
        workspace.read(pages.person_page, ann, programme_id, DAY)
    with pytest.raises(UserError, match="no longer"):
        workspace.read(pages.pair_page, pair_id)


def test_averages_of_fewer_than_five_are_never_shown(workspace: Workspace) -> None:
    programme_id, _pair = pair(workspace)
    lines = workspace.read(questionnaires.summary, programme_id)
    assert all("interval" not in line.note for line in lines)

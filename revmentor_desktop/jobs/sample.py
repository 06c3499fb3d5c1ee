"""Makes the sample programme: an invented organisation in the middle of its programme.

Everything follows from a fixed seed and the given day, so the same day gives the same file.
"""

from __future__ import annotations

import io
import json
import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop import resources
from revmentor_desktop.domain.changes import Change, ChangeState
from revmentor_desktop.domain.pairs import PRINTED_STATES, Answer, Pair
from revmentor_desktop.domain.printed import PAIR_LETTERS, DocumentKind
from revmentor_desktop.domain.programmes import (
    Attendance,
    Enrolment,
    EnrolmentState,
    Gathering,
    GatheringKind,
    PlanStep,
    Role,
    default_end,
)
from revmentor_desktop.domain.questionnaires import Question, Questionnaire, Round, RoundKind
from revmentor_desktop.domain.returns import KEY_BYTES
from revmentor_desktop.domain.session_logs import SessionState, Side
from revmentor_desktop.domain.staff import MeetingFormat, StaffMember
from revmentor_desktop.domain.topics import Benefit, Interest, InterestKind, Topic
from revmentor_desktop.services import (
    issued,
    matching,
    organisation,
    programmes,
    proposals,
    questionnaires,
    review,
    session_logs,
    topics,
)
from revmentor_desktop.services.organisation import LevelRow
from revmentor_desktop.services.packs import Pack
from revmentor_desktop.services.session_logs import ActionEntry, SessionEntry
from revmentor_desktop.store.workspace import Workspace

SEED = 20
PAIRS = 20
WEEKS_RUNNING = 16
SILENT, MOVED, PAUSED, ENDED, COMPLETED, ASKED, PROPOSED = 3, 5, 12, 14, 16, 18, 19
"""Which of the twenty pairs, by the order of their numbers, has which story."""


def make_sample(workspace: Workspace, today: date) -> None:
    """Fill a new, empty file."""
    workspace.write(build, today)


def build(session: Session, today: date) -> None:
    """The organisation, its people, and one running programme."""
    story = _Story(session, today)
    story.organisation()
    people = story.people()
    programme_id = story.programme()
    story.enrol(programme_id, people)
    pairs = story.pairs(programme_id)
    story.letters(programme_id, pairs)
    story.sessions(pairs)
    story.answers(programme_id, pairs)
    story.gatherings(programme_id, pairs)
    story.changes(programme_id)
    story.plan(programme_id)


class _Story:
    """Builds the sample step by step with one stream of chance."""

    def __init__(self, session: Session, today: date) -> None:
        self._session, self._today = session, today
        self._chance = random.Random(SEED)
        path = resources.path("sample", "lindenhof.json")
        self._data: dict[str, Any] = json.loads(path.read_text("utf-8"))
        self._start = today - timedelta(weeks=WEEKS_RUNNING)

    def organisation(self) -> None:
        """Letterhead, levels and topics."""
        data = self._data
        organisation.create(
            self._session, data["organisation"], random.Random("form key").randbytes(KEY_BYTES)
        )
        organisation.save_settings(
            self._session,
            {
                "address": data["address"], "footer": data["footer"], "sponsor": data["sponsor"],
                "coordinator": data["coordinator"], "support_contact": data["support"],
                "logo": _logo(),
            },
        )  # fmt: skip
        rows = [LevelRow(None, at, name) for at, name in enumerate(data["levels"], start=1)]
        organisation.save_levels(self._session, rows)
        topics.seed(self._session)

    def people(self) -> list[StaffMember]:
        """Sixty people with their managers, languages and topics."""
        levels = {row.rank: row.id for row in organisation.levels(self._session)}
        made: list[StaffMember] = []
        for at, entry in enumerate(self._data["people"]):
            given, _space, family = entry["name"].rpartition(" ")
            person = StaffMember(
                full_name=entry["name"],
                given_name=given,
                family_name=family,
                staff_number=str(1001 + at),
                email=f"person{1001 + at}@lindenhof.example",
                department=entry["department"],
                job_title=entry["title"],
                site=entry["site"],
                level_id=levels[entry["level"]],
                manager_id=made[entry["manager"]].id if entry["manager"] is not None else None,
                start_date=self._today
                - timedelta(days=entry["years"] * 365 + self._chance.randrange(300)),
                languages=("English", "Welsh") if at % 9 == 4 else ("English",),
                formats=("in person", "online") if at % 3 else ("in person",),
                availability=self._chance.choice(("Mornings", "Afternoons", "Any time", "")),
                told_on=self._start - timedelta(weeks=9),
            )
            self._session.add(person)
            self._session.flush()
            made.append(person)
        self._interests(made)
        return made

    def _interests(self, people: Sequence[StaffMember]) -> None:
        """People offer what their place teaches and want what it does not."""
        by_benefit: dict[Benefit, list[int]] = {benefit: [] for benefit in Benefit}
        for topic in self._session.scalars(select(Topic).order_by(Topic.key)):
            by_benefit[topic.benefit].append(topic.id)
        for at, person in enumerate(people):
            upper = self._data["people"][at]["level"] >= 3
            gives = Benefit.WHOLE if upper else Benefit.DIGITAL
            takes = Benefit.DIGITAL if upper else Benefit.WHOLE
            for kind, main, count in (
                (InterestKind.OFFERS, gives, 3),
                (InterestKind.WANTS, takes, 2),
            ):
                chosen = self._chance.sample(by_benefit[main], count)
                chosen += self._chance.sample(by_benefit[Benefit.UNDERSTANDING], 1)
                for topic_id in chosen:
                    strength = self._chance.randint(2, 4)
                    self._session.add(
                        Interest(
                            staff_id=person.id, topic_id=topic_id, kind=kind, strength=strength
                        )
                    )
        self._session.flush()

    def programme(self) -> int:
        """One cohort in its fourth month."""
        return programmes.save(
            self._session,
            None,
            {
                "name": "Learning both ways",
                "start_date": self._start,
                "end_date": default_end(self._start),
                "sessions": 6,
                "minutes": 60,
                "aims": "That people who would otherwise never meet learn from one another, and "
                "that what they learn changes how we work.",
                "shared_aim": "Understand each other’s working day, and change one thing together",
            },
        )

    def enrol(self, programme_id: int, people: Sequence[StaffMember]) -> None:
        """Most take part; some are candidates, on the waiting list, or said no."""
        for at, person in enumerate(people):
            role = Role.MENTEE if self._data["people"][at]["level"] >= 3 else Role.MENTOR
            state = {0: EnrolmentState.INTERESTED, 20: EnrolmentState.DECLINED,
                     26: EnrolmentState.CANDIDATE, 30: EnrolmentState.INVITED,
                     34: EnrolmentState.WAITING, 54: EnrolmentState.CANDIDATE}.get(at)  # fmt: skip
            if role is Role.MENTOR and at % 8 == 7 and state is None:
                state = EnrolmentState.WAITING
            enrolment = Enrolment(
                programme_id=programme_id, staff_id=person.id, role=role,
                state=state or EnrolmentState.ENROLLED,
            )  # fmt: skip
            if enrolment.takes_part and at % 7 != 3:
                enrolment.manager_told_on = self._start - timedelta(weeks=4)
            self._session.add(enrolment)
        for at in (19, 22):
            self._session.flush()
            enrolment = self._session.scalars(
                select(Enrolment).where(Enrolment.staff_id == people[at].id)
            ).one()
            enrolment.role = Role.MENTEE
        self._session.flush()

    def pairs(self, programme_id: int) -> list[Pair]:
        """Twenty pairs by the real matching, so that every reason is true."""
        found = review.review(matching.collect(self._session, programme_id))
        chosen = found.suggestions[:PAIRS]
        proposed_on = self._start - timedelta(days=24)
        ids = proposals.accept(self._session, programme_id, chosen, proposed_on)
        made = [self._session.get_one(Pair, id_) for id_ in ids]
        for at, pair in enumerate(made):
            self._live(at, pair)
        self._session.flush()
        return made

    def _live(self, at: int, pair: Pair) -> None:
        """The states a pair has gone through so far."""
        if at == PROPOSED:
            return
        asked = self._start - timedelta(days=21)
        pair.ask(asked)
        if at == ASKED:
            pair.answer({Role.MENTOR: Answer.YES}, asked + timedelta(days=4))
            return
        pair.confirm(asked + timedelta(days=6))
        pair.start(self._start)
        pair.agreement_on = self._start + timedelta(days=14)
        pair.first_meeting = self._start + timedelta(days=9)
        if at % 3 == 0:
            pair.shared_aim = self._data["aims"][at % len(self._data["aims"])]
        if at == PAUSED:
            pair.pause(self._today - timedelta(days=20))
        elif at == ENDED:
            pair.end_early(self._today - timedelta(days=40), "Moved to another town", "mentor")
        elif at == COMPLETED:
            pair.complete(self._today - timedelta(days=6))

    def letters(self, programme_id: int, pairs: Sequence[Pair]) -> None:
        """Letters were printed for all but the last running pairs."""
        day = self._start - timedelta(days=10)
        kinds = (*PAIR_LETTERS, DocumentKind.AGREEMENT)
        open_pairs = [pair.id for pair in pairs if pair.state in PRINTED_STATES]
        pack = Pack(programme_id, kinds, day, tuple(open_pairs[:-4]))
        issued.record_pack(self._session, pack)

    def sessions(self, pairs: Sequence[Pair]) -> None:
        """Sessions of most pairs, with topics, actions, and what was decided to change."""
        names = [name for _v, name in topics.choices(self._session)]
        for at, pair in enumerate(pairs):
            if at in (ASKED, PROPOSED):
                continue
            day = self._start + timedelta(days=7 + self._chance.randrange(8))
            count = {SILENT: 1, ENDED: 2, COMPLETED: 6, PAUSED: 2}.get(
                at, 3 + self._chance.randrange(2)
            )
            step = 16 if at == COMPLETED else 24 + self._chance.randrange(6)
            for number in range(count):
                if day > self._today:
                    break
                self._log(at, pair, day, number, names, day + timedelta(days=step))
                day += timedelta(days=step)
            if at == MOVED:
                self._moved(pair)

    def _log(
        self, at: int, pair: Pair, day: date, number: int, names: Sequence[str], following: date
    ) -> None:
        missed = at == 8 and number == 1
        text = self._chance.choice(self._data["actions"])
        due = day + timedelta(days=18)
        done = due - timedelta(days=3) if due < self._today and at % 4 else None
        change = ""
        if number == 1 and at % 4 == 1:
            change = self._data["changes"][at // 4 % len(self._data["changes"])]["text"]
        session_logs.save(
            self._session,
            None,
            SessionEntry(
                pair_id=pair.id,
                held_on=day,
                state=SessionState.MISSED if missed else SessionState.HELD,
                minutes=0 if missed else self._chance.choice((45, 60, 60, 75)),
                format=self._chance.choice(list(MeetingFormat)),
                moved_by=Side.MENTEE if missed else Side.NOBODY,
                next_date=following if at != SILENT else None,
                note=self._data["notes"][at % 3] if number == 0 and at % 7 == 2 else "",
                topics=() if missed else tuple(self._chance.sample(list(names), 2)),
                actions=(ActionEntry(text, Side.BOTH, due, done),) if number % 2 == 0 else (),
                change="" if missed else change,
            ),
            self._today,
        )

    def _moved(self, pair: Pair) -> None:
        """The last two dates of this pair were moved by the mentee."""
        for days in (9, 2):
            entry = SessionEntry(
                pair_id=pair.id, held_on=self._today - timedelta(days=days),
                state=SessionState.MOVED, minutes=0, moved_by=Side.MENTEE,
                next_date=self._today + timedelta(days=7 - days + 2),
            )  # fmt: skip
            session_logs.save(self._session, None, entry, self._today)

    def answers(self, programme_id: int, pairs: Sequence[Pair]) -> None:
        """Most answered the baseline, fewer the midpoint, with a modest change."""
        questionnaire = self._session.scalars(
            select(Questionnaire).where(Questionnaire.programme_id == programme_id)
        ).one()
        asked = self._session.scalars(
            select(Question).where(Question.questionnaire_id == questionnaire.id)
        ).all()
        rounds = {
            r.kind: r
            for r in self._session.scalars(
                select(Round).where(Round.questionnaire_id == questionnaire.id)
            )
        }
        people = [id_ for pair in pairs for id_ in (pair.mentor_id, pair.mentee_id)]
        for at, staff_id in enumerate(people):
            first = {q.id: self._chance.choice((2, 3, 3, 3, 4)) for q in asked}
            if at % 10 != 9:
                day = rounds[RoundKind.BASELINE].due - timedelta(days=at % 5)
                questionnaires.record(
                    self._session, rounds[RoundKind.BASELINE].id, staff_id, first, day
                )
            if at % 4 != 3:
                later = {
                    id_: max(1, min(5, value + self._chance.choice((-1, 0, 0, 1, 1))))
                    for id_, value in first.items()
                }
                day = rounds[RoundKind.MIDPOINT].due + timedelta(days=at % 6)
                questionnaires.record(
                    self._session, rounds[RoundKind.MIDPOINT].id, staff_id, later, day
                )

    def gatherings(self, programme_id: int, pairs: Sequence[Pair]) -> None:
        """A briefing, a kick-off and a mentor circle, and the closing event to come."""
        closing = default_end(self._start) - timedelta(days=3)
        for kind, day in (
            (GatheringKind.BRIEFING, self._start - timedelta(days=3)),
            (GatheringKind.KICK_OFF, self._start),
            (GatheringKind.MENTOR_CIRCLE, self._start + timedelta(weeks=9)),
            (GatheringKind.CLOSING, closing),
        ):
            gathering = Gathering(
                programme_id=programme_id, kind=kind, held_on=day, place="Harbour House"
            )
            self._session.add(gathering)
            self._session.flush()
            if day > self._today:
                continue
            for at, pair in enumerate(pairs):
                ids = [pair.mentor_id, pair.mentee_id]
                if kind is GatheringKind.MENTOR_CIRCLE:
                    ids = ids[:1]
                for staff_id in dict.fromkeys(ids):
                    if at % 6 != 5:
                        self._session.add(Attendance(gathering_id=gathering.id, staff_id=staff_id))
        self._session.flush()

    def changes(self, programme_id: int) -> None:
        """What came of the sessions, and two changes heard outside a pair."""
        for entry in self._data["other_changes"]:
            heard_on = self._today - timedelta(days=30)
            self._session.add(
                Change(programme_id=programme_id, text=entry["text"], heard_on=heard_on)
            )
        self._session.flush()
        told = {one["text"]: one for one in self._data["changes"] + self._data["other_changes"]}
        for at, change in enumerate(self._session.scalars(select(Change).order_by(Change.id))):
            entry = told[change.text]
            change.owner = "Ruth Adeyemi" if at % 2 else "Peter Lindqvist"
            change.state, change.may_be_told = ChangeState(entry["state"]), entry["told"]
            if change.state is ChangeState.DONE:
                change.done_on = self._today - timedelta(days=5)
        self._session.flush()

    def plan(self, programme_id: int) -> None:
        """What lies behind is done, but for the midpoint review."""
        for step in self._session.scalars(
            select(PlanStep).where(PlanStep.programme_id == programme_id)
        ):
            if step.due < self._today - timedelta(days=30):
                step.done_on = step.due


def _logo() -> bytes:
    """An invented mark: two roofs side by side. Drawn here, so that it can be read."""
    from PIL import Image, ImageDraw

    image = Image.new("RGBA", (480, 320), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.polygon([(20, 160), (150, 40), (280, 160)], fill="#0F6E66")
    draw.rectangle([60, 160, 240, 290], fill="#0F6E66")
    draw.polygon([(220, 200), (340, 90), (460, 200)], fill="#5CC7B6")
    draw.rectangle([260, 200, 420, 290], fill="#5CC7B6")
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()

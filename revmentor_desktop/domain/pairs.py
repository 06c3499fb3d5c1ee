"""A pair of mentor and mentee: the states it goes through, each with its event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from revmentor_desktop.domain.base import TABLE, Base, Words
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.programmes import Role
from revmentor_desktop.i18n import N_, _


class PairState(Enum):
    """proposed -> asked -> confirmed -> active <-> paused -> completed or ended early; declined."""

    PROPOSED = "proposed"
    ASKED = "asked"
    CONFIRMED = "confirmed"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    ENDED_EARLY = "ended early"
    DECLINED = "declined"


STATE_NAMES = {
    PairState.PROPOSED: N_("Proposed"),
    PairState.ASKED: N_("Asked"),
    PairState.CONFIRMED: N_("Confirmed"),
    PairState.ACTIVE: N_("Active"),
    PairState.PAUSED: N_("Paused"),
    PairState.COMPLETED: N_("Completed"),
    PairState.ENDED_EARLY: N_("Ended early"),
    PairState.DECLINED: N_("Declined"),
}

OPEN_STATES = frozenset(
    {
        PairState.PROPOSED,
        PairState.ASKED,
        PairState.CONFIRMED,
        PairState.ACTIVE,
        PairState.PAUSED,
    }
)
"""States in which the pair takes a place of both people."""

PRINTED_STATES = (PairState.PROPOSED, PairState.ASKED, PairState.CONFIRMED, PairState.ACTIVE)
"""States in which a pack is printed."""

_NEXT = {
    PairState.PROPOSED: {PairState.ASKED, PairState.CONFIRMED, PairState.DECLINED},
    PairState.ASKED: {PairState.CONFIRMED, PairState.DECLINED},
    PairState.CONFIRMED: {PairState.ACTIVE, PairState.ENDED_EARLY},
    PairState.ACTIVE: {PairState.PAUSED, PairState.COMPLETED, PairState.ENDED_EARLY},
    PairState.PAUSED: {PairState.ACTIVE, PairState.COMPLETED, PairState.ENDED_EARLY},
    PairState.COMPLETED: {PairState.ACTIVE},
    PairState.ENDED_EARLY: {PairState.ACTIVE},
    PairState.DECLINED: {PairState.PROPOSED},
}


class Answer(Enum):
    """What one side said when asked."""

    NOT_ASKED = "not asked"
    NO_REPLY = "no reply"
    YES = "yes"
    NO = "no"


class Pair(Base):
    """One mentor with one mentee in one programme.

    What the matching said is frozen on it for the record: ``reason`` is the sentence for the
    coordinator, ``letter_reasons`` what may stand on a letter, ``score`` 0-1000, ``known`` in
    percent, ``parts`` the JSON of what each criterion gave of the score (null: unknown), ``rules``
    the JSON of the rules that were in force, ``exceptions`` what it goes against, and why.
    """

    __tablename__ = "pairs"
    __table_args__ = (
        CheckConstraint("mentor_id <> mentee_id", name="two_people"),
        Index("ix_pairs_programme_id", "programme_id", "state"),
        Index("ix_pairs_mentor_id", "mentor_id"),
        Index("ix_pairs_mentee_id", "mentee_id"),
        TABLE,
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    mentor_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    mentee_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    proposed_on: Mapped[date]
    state: Mapped[PairState] = mapped_column(default=PairState.PROPOSED)
    mentor_answer: Mapped[Answer] = mapped_column(default=Answer.NOT_ASKED)
    mentee_answer: Mapped[Answer] = mapped_column(default=Answer.NOT_ASKED)
    by_hand: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")
    letter_reasons: Mapped[tuple[str, ...]] = mapped_column(Words, default=())
    score: Mapped[int | None] = mapped_column(default=None)
    known: Mapped[int | None] = mapped_column(default=None)
    parts: Mapped[str] = mapped_column(default="")
    rules: Mapped[str] = mapped_column(default="")
    exceptions: Mapped[tuple[str, ...]] = mapped_column(Words, default=())
    shared_aim: Mapped[str] = mapped_column(default="")
    first_meeting: Mapped[date | None] = mapped_column(default=None)
    agreement_on: Mapped[date | None] = mapped_column(default=None)
    end_reason: Mapped[str] = mapped_column(default="")
    end_initiator: Mapped[str] = mapped_column(default="")
    events: Mapped[list[PairEvent]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="PairEvent.id", init=False
    )

    @property
    def is_open(self) -> bool:
        """Takes a place of both people."""
        return self.state in OPEN_STATES

    @property
    def code(self) -> str:
        """The number that stands on paper, e.g. ``P017``."""
        return pair_code(self.id)

    def propose(self, today: date) -> None:
        """Record the proposal, also of a pair that was declined and is to be asked again."""
        if self.state is not PairState.PROPOSED:
            self._move(PairState.PROPOSED, today)
            return
        self._record("proposed", today)

    def ask(self, today: date) -> None:
        """Both sides have been asked; no reply yet."""
        self._move(PairState.ASKED, today)
        self.mentor_answer = self.mentee_answer = Answer.NO_REPLY

    def answer(self, answers: Mapping[Role, Answer], today: date) -> None:
        """Record what one side or both said: a no declines the pair, two yes confirm it.

        Either can be corrected until the two have met.
        """
        said = {Role.MENTOR: self.mentor_answer, Role.MENTEE: self.mentee_answer}
        changed = {role: answer for role, answer in answers.items() if said[role] is not answer}
        if not changed:
            return
        if self.state is not PairState.ASKED:
            self._ask_again(today)
        for role, answer in changed.items():
            self._record(f"{role.value} said {answer.value}", today)
        self.mentor_answer = changed.get(Role.MENTOR, self.mentor_answer)
        self.mentee_answer = changed.get(Role.MENTEE, self.mentee_answer)
        both = (self.mentor_answer, self.mentee_answer)
        if Answer.NO in both:
            self._move(PairState.DECLINED, today)
        elif both == (Answer.YES, Answer.YES):
            self._move(PairState.CONFIRMED, today)

    def _ask_again(self, today: date) -> None:
        if self.state is PairState.PROPOSED:
            self.ask(today)
        elif self.state in (PairState.CONFIRMED, PairState.DECLINED):
            # Only an answer that is corrected leads back: nobody can mark such a pair as asked.
            self._enter(PairState.ASKED, today)
        else:
            raise UserError(_("This pair is not waiting for an answer: they have met already."))

    def confirm(self, today: date) -> None:
        """Both sides agreed."""
        self._move(PairState.CONFIRMED, today)
        self.mentor_answer = self.mentee_answer = Answer.YES

    def start(self, today: date) -> None:
        """The pair meets from now on."""
        if self.state in (PairState.PROPOSED, PairState.ASKED):
            self.confirm(today)
        self._move(PairState.ACTIVE, today)

    def decline(self, today: date) -> None:
        """One side does not want the pair; not an early end."""
        self._move(PairState.DECLINED, today)

    def pause(self, today: date) -> None:
        """No sessions for a while."""
        self._move(PairState.PAUSED, today)

    def resume(self, today: date) -> None:
        """The sessions go on."""
        self._move(PairState.ACTIVE, today)

    def complete(self, today: date) -> None:
        """The pair has reached the end of its programme."""
        self._move(PairState.COMPLETED, today)

    def end_early(self, today: date, reason: str = "", initiator: str = "") -> None:
        """Nobody's fault and no reason needed; reason and initiator are kept if given."""
        self._move(PairState.ENDED_EARLY, today)
        self.end_reason, self.end_initiator = reason, initiator

    def can(self, state: PairState) -> bool:
        """Whether ``state`` can follow the present one."""
        return state in _NEXT[self.state]

    def _move(self, state: PairState, today: date) -> None:
        if not self.can(state):
            raise UserError(
                _("A pair that is “{now}” cannot become “{then}”.").format(
                    now=_(STATE_NAMES[self.state]), then=_(STATE_NAMES[state])
                )
            )
        self._enter(state, today)

    def _enter(self, state: PairState, today: date) -> None:
        self.state = state
        self._record(state.value, today)

    def _record(self, what: str, today: date) -> None:
        self.events.append(PairEvent(what=what, on=today))


class PairEvent(Base):
    """One entry of a pair's history."""

    __tablename__ = "pair_events"
    __table_args__ = (Index("ix_pair_events_pair_id", "pair_id"), TABLE)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    pair_id: Mapped[int] = mapped_column(ForeignKey("pairs.id", ondelete="CASCADE"), init=False)
    what: Mapped[str]
    on: Mapped[date]


def pair_code(pair_id: int) -> str:
    """The number of a pair as it stands on paper."""
    return f"P{pair_id:03d}"

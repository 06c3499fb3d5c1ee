"""A programme (one cohort): its words, dates and plan, and who takes part in it."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

from dateutil.relativedelta import relativedelta
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from revmentor_desktop.domain.base import TABLE, Base
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import N_, _


class Role(Enum):
    """In which role somebody takes part."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    BOTH = "both"

    def includes(self, role: Role) -> bool:
        """Whether somebody enrolled like this can be ``role`` in a pair."""
        return self is role or self is Role.BOTH

    def faces(self, other: Role) -> bool:
        """Whether somebody enrolled like this and somebody enrolled as ``other`` can be a pair."""
        return self is not other or self is Role.BOTH


class EnrolmentState(Enum):
    """candidate -> invited -> interested -> enrolled or waiting; declined, withdrawn."""

    CANDIDATE = "candidate"
    INVITED = "invited"
    INTERESTED = "interested"
    ENROLLED = "enrolled"
    WAITING = "waiting"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


ENROLMENT_NAMES = {
    EnrolmentState.CANDIDATE: N_("Candidate"),
    EnrolmentState.INVITED: N_("Invited"),
    EnrolmentState.INTERESTED: N_("Interested"),
    EnrolmentState.ENROLLED: N_("Enrolled"),
    EnrolmentState.WAITING: N_("Waiting list"),
    EnrolmentState.DECLINED: N_("Declined"),
    EnrolmentState.WITHDRAWN: N_("Withdrawn"),
}


class Programme(Base):
    """One cohort. ``rules`` is the JSON text of its matching rules; "" stands for the defaults.

    ``certificate_sessions``: how many sessions somebody holds at least to be given a certificate.
    """

    __tablename__ = "programmes"
    __table_args__ = (
        CheckConstraint("end_date > start_date", name="ends_after_start"),
        CheckConstraint("sessions BETWEEN 1 AND 60", name="sessions"),
        CheckConstraint("minutes BETWEEN 10 AND 480", name="minutes"),
        CheckConstraint("certificate_sessions BETWEEN 0 AND 60", name="certificate_sessions"),
        TABLE,
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str]
    start_date: Mapped[date]
    end_date: Mapped[date]
    mentor_word: Mapped[str] = mapped_column(default="")
    mentee_word: Mapped[str] = mapped_column(default="")
    sessions: Mapped[int] = mapped_column(default=6)
    minutes: Mapped[int] = mapped_column(default=60)
    aims: Mapped[str] = mapped_column(default="")
    shared_aim: Mapped[str] = mapped_column(default="")
    rules: Mapped[str] = mapped_column(default="")
    closed_on: Mapped[date | None] = mapped_column(default=None)
    certificate_sessions: Mapped[int] = mapped_column(default=4)

    def word(self, role: Role) -> str:
        """The programme's own word for a role, "Mentor" and "Mentee" by default."""
        if role is Role.MENTOR:
            return self.mentor_word or _("Mentor")
        if role is Role.MENTEE:
            return self.mentee_word or _("Mentee")
        return _("{mentor} and {mentee}").format(
            mentor=self.word(Role.MENTOR), mentee=self.word(Role.MENTEE)
        )

    def check_open(self) -> None:
        """Refuse a change of a closed programme, which is read-only."""
        if self.closed_on is not None:
            raise UserError(
                _("“{name}” is closed and can only be read. Reopen it first.").format(
                    name=self.name
                )
            )

    @property
    def days_between_sessions(self) -> int:
        """How many days lie between two sessions if they are spread evenly."""
        return max(7, (self.end_date - self.start_date).days // self.sessions)


def default_start(today: date) -> date:
    """A kick-off whose first step is due today, so that a new plan does not begin late."""
    return today - timedelta(days=min(_BEFORE_START.values()))


def default_end(start: date) -> date:
    """Six months after the start: the default cadence is six sessions in six months."""
    end: date = start + relativedelta(months=6)
    return end


class StepKind(Enum):
    """The dated steps of a programme's plan, counted from the kick-off (the start date)."""

    INVITE = "invite"
    INTERESTS_DUE = "interests due"
    BASELINE_DUE = "baseline due"
    PROPOSE = "propose"
    CONSULT = "consult"
    PRINT = "print"
    BRIEF = "brief"
    FIRST_MEETINGS = "first meetings"
    MIDPOINT = "midpoint"
    MENTOR_CIRCLE = "mentor circle"
    FINAL = "final"
    REPORT = "report"
    SIX_MONTHS_LATER = "six months later"


STEP_NAMES = {
    StepKind.INVITE: N_("Invite people to take part"),
    StepKind.INTERESTS_DUE: N_("Interest forms due"),
    StepKind.BASELINE_DUE: N_("Baseline questionnaire due"),
    StepKind.PROPOSE: N_("Propose pairs"),
    StepKind.CONSULT: N_("Ask both sides"),
    StepKind.PRINT: N_("Print letters and packs"),
    StepKind.BRIEF: N_("Brief both sides"),
    StepKind.FIRST_MEETINGS: N_("First meetings held"),
    StepKind.MIDPOINT: N_("Midpoint review"),
    StepKind.MENTOR_CIRCLE: N_("Mentor circle"),
    StepKind.FINAL: N_("Final questionnaire"),
    StepKind.REPORT: N_("Report to the sponsor"),
    StepKind.SIX_MONTHS_LATER: N_("Questionnaire six months later"),
}

_BEFORE_START = {
    StepKind.INVITE: -56,
    StepKind.INTERESTS_DUE: -35,
    StepKind.BASELINE_DUE: -28,
    StepKind.PROPOSE: -24,
    StepKind.CONSULT: -21,
    StepKind.PRINT: -10,
    StepKind.BRIEF: -3,
    StepKind.FIRST_MEETINGS: 21,
}


def planned_dates(start: date, end: date) -> dict[StepKind, date]:
    """The default due date of every step, counted from the kick-off and from the end."""
    half = start + (end - start) / 2
    dates = {kind: start + timedelta(days=days) for kind, days in _BEFORE_START.items()}
    dates[StepKind.MENTOR_CIRCLE] = start + (end - start) / 3
    dates[StepKind.MIDPOINT] = half
    dates[StepKind.FINAL] = end - timedelta(days=7)
    dates[StepKind.REPORT] = end + timedelta(days=21)
    dates[StepKind.SIX_MONTHS_LATER] = end + relativedelta(months=6)
    return dates


class PlanStep(Base):
    """One dated step of a programme's plan."""

    __tablename__ = "plan_steps"
    __table_args__ = (UniqueConstraint("programme_id", "kind"), TABLE)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    kind: Mapped[StepKind]
    due: Mapped[date]
    done_on: Mapped[date | None] = mapped_column(default=None)


class Enrolment(Base):
    """A staff member takes part in a programme."""

    __tablename__ = "enrolments"
    __table_args__ = (
        UniqueConstraint("programme_id", "staff_id"),
        CheckConstraint("capacity BETWEEN 1 AND 20", name="capacity"),
        Index("ix_enrolments_staff_id", "staff_id"),
        TABLE,
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    role: Mapped[Role]
    state: Mapped[EnrolmentState] = mapped_column(default=EnrolmentState.CANDIDATE)
    capacity: Mapped[int] = mapped_column(default=1)
    manager_told_on: Mapped[date | None] = mapped_column(default=None)
    not_before: Mapped[date | None] = mapped_column(default=None)

    @property
    def takes_part(self) -> bool:
        """Can be matched, as far as the enrolment says."""
        return self.state is EnrolmentState.ENROLLED


class Wish(Base):
    """A participant's ranked wish for a partner."""

    __tablename__ = "wishes"
    __table_args__ = (UniqueConstraint("enrolment_id", "staff_id"), TABLE)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id", ondelete="CASCADE"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    rank: Mapped[int]


class TieKind(Enum):
    """What is known between two people beyond the reporting line."""

    KEEP_APART = "keep apart"
    MET = "met"


class Tie(Base):
    """Two people who are to be kept apart (for a private reason) or who had met before.

    A keep-apart is shown to nobody but the coordinator; elsewhere it reads "not available".
    """

    __tablename__ = "ties"
    __table_args__ = (
        UniqueConstraint("kind", "one_id", "other_id"),
        CheckConstraint("one_id < other_id", name="ordered"),
        TABLE,
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    kind: Mapped[TieKind]
    one_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(default="")


class GatheringKind(Enum):
    """A meeting of many, not a session."""

    BRIEFING = "briefing"
    KICK_OFF = "kick-off"
    MENTOR_CIRCLE = "mentor circle"
    CLOSING = "closing"


GATHERING_NAMES = {
    GatheringKind.BRIEFING: N_("Briefing"),
    GatheringKind.KICK_OFF: N_("Kick-off"),
    GatheringKind.MENTOR_CIRCLE: N_("Mentor circle"),
    GatheringKind.CLOSING: N_("Closing event"),
}


class Gathering(Base):
    """A briefing, kick-off, mentor circle or closing event."""

    __tablename__ = "gatherings"
    __table_args__ = (TABLE,)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    kind: Mapped[GatheringKind]
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(default="")


class Attendance(Base):
    """Who came to a gathering."""

    __tablename__ = "attendances"
    __table_args__ = (UniqueConstraint("gathering_id", "staff_id"), TABLE)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    gathering_id: Mapped[int] = mapped_column(ForeignKey("gatherings.id", ondelete="CASCADE"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))

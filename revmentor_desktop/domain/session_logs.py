"""The record of a session: when, how long, about what, and what comes next; never its content."""

from __future__ import annotations

from datetime import date
from enum import Enum

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from revmentor_desktop.domain.base import TABLE, Base
from revmentor_desktop.domain.staff import MeetingFormat
from revmentor_desktop.domain.topics import Topic
from revmentor_desktop.i18n import N_


class SessionState(Enum):
    """Whether the session took place."""

    HELD = "held"
    MOVED = "moved"
    MISSED = "missed"


SESSION_NAMES = {
    SessionState.HELD: N_("Held"),
    SessionState.MOVED: N_("Moved"),
    SessionState.MISSED: N_("Missed"),
}


class Side(Enum):
    """Who moved or missed a session, or who owns an action."""

    NOBODY = ""
    MENTOR = "mentor"
    MENTEE = "mentee"
    BOTH = "both"


session_topics = Table(
    "session_topics",
    Base.metadata,
    Column("session_log_id", ForeignKey("session_logs.id", ondelete="CASCADE"), primary_key=True),
    Column("topic_id", ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True),
    sqlite_strict=True,
)


class SessionLog(Base):
    """One session of a pair: no ratings and no confidential content."""

    __tablename__ = "session_logs"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 0 AND 600", name="minutes"),
        Index("ix_session_logs_pair_id", "pair_id", "held_on"),
        Index("ix_session_logs_held_on", "held_on", "id"),
        TABLE,
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    pair_id: Mapped[int] = mapped_column(ForeignKey("pairs.id", ondelete="CASCADE"))
    held_on: Mapped[date]
    state: Mapped[SessionState] = mapped_column(default=SessionState.HELD)
    minutes: Mapped[int] = mapped_column(default=60)
    format: Mapped[MeetingFormat | None] = mapped_column(default=None)
    moved_by: Mapped[Side] = mapped_column(default=Side.NOBODY)
    next_date: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")
    topics: Mapped[list[Topic]] = relationship(
        secondary=session_topics, default_factory=list, order_by=Topic.name
    )
    actions: Mapped[list[Action]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="Action.id"
    )


class Action(Base):
    """Something agreed in a session, with who does it and until when."""

    __tablename__ = "actions"
    __table_args__ = (Index("ix_actions_session_log_id", "session_log_id"), TABLE)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    session_log_id: Mapped[int] = mapped_column(
        ForeignKey("session_logs.id", ondelete="CASCADE"), init=False
    )
    text: Mapped[str]
    owner: Mapped[Side] = mapped_column(default=Side.NOBODY)
    due: Mapped[date | None] = mapped_column(default=None)
    done_on: Mapped[date | None] = mapped_column(default=None)

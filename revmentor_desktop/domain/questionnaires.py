"""Questionnaires, their rounds and responses: how the three benefits are seen, honestly."""

from __future__ import annotations

from datetime import date
from enum import Enum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from revmentor_desktop.domain.base import TABLE, Base
from revmentor_desktop.domain.programmes import Role
from revmentor_desktop.domain.topics import Benefit
from revmentor_desktop.i18n import N_


class RoundKind(Enum):
    """When people are asked; the baseline comes before names are revealed."""

    BASELINE = "baseline"
    MIDPOINT = "midpoint"
    END = "end"
    LATER = "six months later"


ROUND_NAMES = {
    RoundKind.BASELINE: N_("Baseline"),
    RoundKind.MIDPOINT: N_("Midpoint"),
    RoundKind.END: N_("End"),
    RoundKind.LATER: N_("Six months later"),
}


class Questionnaire(Base):
    """The questions of a programme, with their source; in-house ones are not a validated scale."""

    __tablename__ = "questionnaires"
    __table_args__ = (TABLE,)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    name: Mapped[str]
    source: Mapped[str] = mapped_column(default="")


class Question(Base):
    """A statement to agree with on a scale of 1-5; ``reverse`` counts 6 minus the answer."""

    __tablename__ = "questions"
    __table_args__ = (Index("ix_questions_questionnaire_id", "questionnaire_id"), TABLE)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    questionnaire_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaires.id", ondelete="CASCADE")
    )
    position: Mapped[int]
    text: Mapped[str]
    benefit: Mapped[Benefit]
    role: Mapped[Role] = mapped_column(default=Role.BOTH)
    reverse: Mapped[bool] = mapped_column(default=False)


class Round(Base):
    """One time of asking."""

    __tablename__ = "rounds"
    __table_args__ = (UniqueConstraint("questionnaire_id", "kind"), TABLE)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    questionnaire_id: Mapped[int] = mapped_column(
        ForeignKey("questionnaires.id", ondelete="CASCADE")
    )
    kind: Mapped[RoundKind]
    due: Mapped[date]


class Response(Base):
    """One person's answer to one question in one round; private to the person."""

    __tablename__ = "responses"
    __table_args__ = (
        UniqueConstraint("round_id", "question_id", "staff_id"),
        CheckConstraint("value BETWEEN 1 AND 5", name="value"),
        Index("ix_responses_staff_id", "staff_id"),
        TABLE,
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    value: Mapped[int]
    answered_on: Mapped[date]

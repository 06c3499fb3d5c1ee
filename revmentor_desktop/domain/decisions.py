"""What she has decided in the review of a proposal, kept until the pairs are accepted."""

from __future__ import annotations

from enum import Enum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from revmentor_desktop.domain.base import TABLE, Base


class DecisionKind(Enum):
    """Of two people: together, or not these two. Of one: an exception, or left out."""

    TOGETHER = "together"
    NOT_THESE_TWO = "not these two"
    EXCEPTION = "exception"
    LEFT_OUT = "left out"


class Decision(Base):
    """One decision. Of two people ``mentee_id`` and ``mentor_id`` are set, of one ``staff_id``.

    ``rules``: the bit of ``domain.matching.rules.Rule`` that an exception is made to, one row for
    each; ``reason``: why, for the record.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        UniqueConstraint("programme_id", "kind", "mentee_id", "mentor_id"),
        UniqueConstraint("programme_id", "kind", "staff_id", "rules"),
        CheckConstraint(
            "CASE WHEN kind IN ('together', 'not these two') "
            "THEN mentee_id IS NOT NULL AND mentor_id IS NOT NULL AND staff_id IS NULL "
            "ELSE mentee_id IS NULL AND mentor_id IS NULL AND staff_id IS NOT NULL END",
            name="one_or_two_people",
        ),
        CheckConstraint("mentee_id <> mentor_id", name="two_people"),
        CheckConstraint("(rules > 0) = (kind = 'exception')", name="exception_names_rules"),
        Index("ix_decisions_staff_id", "staff_id"),
        Index("ix_decisions_mentee_id", "mentee_id"),
        Index("ix_decisions_mentor_id", "mentor_id"),
        TABLE,
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    kind: Mapped[DecisionKind]
    mentee_id: Mapped[int | None] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), default=None
    )
    mentor_id: Mapped[int | None] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), default=None
    )
    staff_id: Mapped[int | None] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), default=None
    )
    rules: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(default="")

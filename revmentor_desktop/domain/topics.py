"""Topics to teach or learn, in one of the three benefits, and who offers or wants them."""

from __future__ import annotations

from enum import Enum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from revmentor_desktop.domain.base import TABLE, Base
from revmentor_desktop.i18n import N_


class Benefit(Enum):
    """The three benefits the programme exists for."""

    UNDERSTANDING = "understanding"
    DIGITAL = "digital"
    WHOLE = "whole"


BENEFIT_NAMES = {
    Benefit.UNDERSTANDING: N_("Understanding each other"),
    Benefit.DIGITAL: N_("Digital confidence"),
    Benefit.WHOLE: N_("Seeing the whole"),
}


class Topic(Base):
    """Something to teach or learn. ``key`` is stable over languages; ``digcomp`` e.g. ``"1.2"``.

    DigComp is the European Commission's Digital Competence Framework (CC BY 4.0).
    """

    __tablename__ = "topics"
    __table_args__ = (UniqueConstraint("key"), CheckConstraint("name <> ''", name="named"), TABLE)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    key: Mapped[str]
    name: Mapped[str]
    benefit: Mapped[Benefit]
    area: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    digcomp: Mapped[str] = mapped_column(default="")
    retired: Mapped[bool] = mapped_column(default=False)


class InterestKind(Enum):
    """A staff member offers a topic or wants it."""

    OFFERS = "offers"
    WANTS = "wants"


class Interest(Base):
    """``strength``: the level 1-4 of an offer, the priority 1-4 of a wish (4 is highest)."""

    __tablename__ = "interests"
    __table_args__ = (
        UniqueConstraint("staff_id", "topic_id", "kind"),
        CheckConstraint("strength BETWEEN 1 AND 4", name="strength"),
        Index("ix_interests_topic_id", "topic_id"),
        TABLE,
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"))
    kind: Mapped[InterestKind]
    strength: Mapped[int] = mapped_column(default=2)

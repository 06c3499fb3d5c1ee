"""The change ledger: "because I was mentored, I changed ..."."""

from __future__ import annotations

from datetime import date
from enum import Enum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from revmentor_desktop.domain.base import TABLE, Base
from revmentor_desktop.i18n import N_


class ChangeState(Enum):
    """How far a change has come."""

    HEARD = "heard"
    DECIDED = "decided"
    DONE = "done"


CHANGE_NAMES = {
    ChangeState.HEARD: N_("Heard"),
    ChangeState.DECIDED: N_("Decided"),
    ChangeState.DONE: N_("Done"),
}


class Change(Base):
    """Something that changes because somebody was listened to; told only where ``may_be_told``."""

    __tablename__ = "changes"
    __table_args__ = (Index("ix_changes_programme_id", "programme_id"), TABLE)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    text: Mapped[str]
    heard_on: Mapped[date]
    pair_id: Mapped[int | None] = mapped_column(
        ForeignKey("pairs.id", ondelete="SET NULL"), default=None
    )
    session_log_id: Mapped[int | None] = mapped_column(
        ForeignKey("session_logs.id", ondelete="SET NULL"), default=None
    )
    state: Mapped[ChangeState] = mapped_column(default=ChangeState.HEARD)
    owner: Mapped[str] = mapped_column(default="")
    done_on: Mapped[date | None] = mapped_column(default=None)
    may_be_told: Mapped[bool] = mapped_column(default=False)

"""Whose file this is: the organisation, its levels in order, and how its letters look."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from revmentor_desktop.domain.base import LEDGER, TABLE, Base

ENVELOPES = ("none", "DIN 5008 A", "DIN 5008 B", "UK DL", "US #10")
"""Whose window shows the address; "none": it stands in the text."""


class Organisation(Base):
    """The one organisation of a file. ``logo`` holds PNG bytes, already checked and re-encoded.

    ``signature`` likewise: scanned by the coordinator. ``envelope`` is one of ENVELOPES, and
    ``shift_x`` and ``shift_y`` move the address by so many millimetres (right, down). ``form_key``
    signs the tokens of forms that come back; it is made with the file, or at the latest with its
    first form, and no undo takes it away: forms signed with it are with people.
    """

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint("paper IN ('A4', 'Letter')", name="paper_known"),
        CheckConstraint(
            "envelope IN ('none', 'DIN 5008 A', 'DIN 5008 B', 'UK DL', 'US #10')",
            name="envelope_known",
        ),
        CheckConstraint(
            "shift_x BETWEEN -10 AND 10 AND shift_y BETWEEN -10 AND 10", name="shift_small"
        ),
        TABLE,
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False, default=1)
    name: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    footer: Mapped[str] = mapped_column(default="")
    logo: Mapped[bytes | None] = mapped_column(default=None)
    accent: Mapped[str] = mapped_column(default="#0F6E66")
    paper: Mapped[str] = mapped_column(default="A4")
    language: Mapped[str] = mapped_column(default="en_GB")
    sponsor: Mapped[str] = mapped_column(default="")
    coordinator: Mapped[str] = mapped_column(default="")
    support_contact: Mapped[str] = mapped_column(default="")
    signature: Mapped[bytes | None] = mapped_column(default=None)
    envelope: Mapped[str] = mapped_column(default="none")
    shift_x: Mapped[int] = mapped_column(default=0)
    shift_y: Mapped[int] = mapped_column(default=0)
    form_key: Mapped[bytes | None] = mapped_column(default=None, info=LEDGER)


class Level(Base):
    """A level (grade) of the organisation; ``rank`` 1 is the entry level."""

    __tablename__ = "levels"
    __table_args__ = (CheckConstraint("rank >= 1", name="rank_from_one"), TABLE)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    rank: Mapped[int]
    name: Mapped[str]

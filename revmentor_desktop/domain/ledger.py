"""The ledgers: tables that only grow and that no undo touches. They hold no personal content."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from revmentor_desktop.domain.base import LEDGER, TABLE, Base


class AuditEntry(Base):
    """Who did what and when; never what was written."""

    __tablename__ = "audit"
    __table_args__ = ({**TABLE, "info": LEDGER},)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    at: Mapped[datetime]
    who: Mapped[str]
    action: Mapped[str]


class Erasure(Base):
    """A person who was erased, by a random id only."""

    __tablename__ = "erasures"
    __table_args__ = ({**TABLE, "info": LEDGER},)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    at: Mapped[datetime]
    erased: Mapped[str]


class Export(Base):
    """A list or document that left the file."""

    __tablename__ = "exports"
    __table_args__ = ({**TABLE, "info": LEDGER},)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    at: Mapped[datetime]
    what: Mapped[str]
    people: Mapped[int]


class BackupEntry(Base):
    """A backup that was made."""

    __tablename__ = "backups"
    __table_args__ = ({**TABLE, "info": LEDGER},)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    at: Mapped[datetime]
    reason: Mapped[str]

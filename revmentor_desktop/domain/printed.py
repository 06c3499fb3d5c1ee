"""What is printed: templates kept as data, and the record of what was issued."""

from __future__ import annotations

from datetime import date
from enum import Enum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from revmentor_desktop.domain.base import LEDGER, TABLE, Base
from revmentor_desktop.i18n import N_


class DocumentKind(Enum):
    """The documents of a pack, in the order in which they are printed."""

    MENTOR_LETTER = "mentor letter"
    MENTEE_LETTER = "mentee letter"
    AGREEMENT = "agreement"
    FIRST_MEETING = "first meeting"
    SESSION_LOG = "session log"


DOCUMENT_NAMES = {
    DocumentKind.MENTOR_LETTER: N_("Letter to the mentor"),
    DocumentKind.MENTEE_LETTER: N_("Letter to the mentee"),
    DocumentKind.AGREEMENT: N_("Agreement"),
    DocumentKind.FIRST_MEETING: N_("First-meeting guide"),
    DocumentKind.SESSION_LOG: N_("Session log sheet"),
}


class Template(Base):
    """The wording of one kind of document: ``blocks`` is JSON in the grammar of templates.py.

    A row exists only where the organisation has its own wording; otherwise the shipped default in
    resources/letters is used.
    """

    __tablename__ = "templates"
    __table_args__ = (UniqueConstraint("kind", "language"), TABLE)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    kind: Mapped[DocumentKind]
    language: Mapped[str]
    blocks: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)


class IssuedDocument(Base):
    """One document printed for one pair; ``facts`` is the digest of what stood on it."""

    __tablename__ = "issued_documents"
    __table_args__ = (
        Index("ix_issued_documents_pair_id", "pair_id"),
        # Ledger: an undo never takes back what is on paper already.
        {**TABLE, "info": LEDGER},
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    pair_id: Mapped[int] = mapped_column(ForeignKey("pairs.id", ondelete="CASCADE"))
    kind: Mapped[DocumentKind]
    issued_on: Mapped[date]
    template_version: Mapped[int]
    facts: Mapped[str] = mapped_column(default="")

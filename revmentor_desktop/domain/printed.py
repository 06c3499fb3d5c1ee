"""What is printed: the documents, whom each is for, their wording, and what was issued."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from revmentor_desktop.domain.base import LEDGER, TABLE, Base
from revmentor_desktop.i18n import N_


class Scope(Enum):
    """Whom one copy of a document is for."""

    PERSON = "person"
    PAIR = "pair"
    PROGRAMME = "programme"
    GATHERING = "gathering"


class Occasion(Enum):
    """When in a programme a document is wanted."""

    INVITING = "inviting"
    STARTING = "starting"
    MEETING = "meeting"
    ALONG_THE_WAY = "along the way"
    CLOSING = "closing"


class DocumentKind(Enum):
    """The documents, in the order in which they are printed."""

    INVITATION = "invitation"
    INTEREST_FORM = "interest form"
    MANAGER_NOTE = "manager note"
    MENTOR_LETTER = "mentor letter"
    MENTEE_LETTER = "mentee letter"
    TIMELINE = "timeline"
    AGREEMENT = "agreement"
    FIRST_MEETING = "first meeting"
    CONVERSATION_CARDS = "conversation cards"
    SESSION_LOG = "session log"
    SIGN_IN = "sign in"
    MIDPOINT = "midpoint review"
    YOU_SAID = "you said"
    CERTIFICATE = "certificate"


DOCUMENT_NAMES: Mapping[DocumentKind, str] = {
    DocumentKind.INVITATION: N_("Invitation"),
    DocumentKind.INTEREST_FORM: N_("Interest form"),
    DocumentKind.MANAGER_NOTE: N_("Note to the line manager"),
    DocumentKind.MENTOR_LETTER: N_("Letter to the mentor"),
    DocumentKind.MENTEE_LETTER: N_("Letter to the mentee"),
    DocumentKind.TIMELINE: N_("Timeline"),
    DocumentKind.AGREEMENT: N_("Agreement"),
    DocumentKind.FIRST_MEETING: N_("First-meeting guide"),
    DocumentKind.CONVERSATION_CARDS: N_("Conversation cards"),
    DocumentKind.SESSION_LOG: N_("Session log sheets"),
    DocumentKind.SIGN_IN: N_("Sign-in sheet"),
    DocumentKind.MIDPOINT: N_("Midpoint review"),
    DocumentKind.YOU_SAID: N_("You said, we did"),
    DocumentKind.CERTIFICATE: N_("Certificate"),
}

SCOPES: Mapping[DocumentKind, Scope] = {
    DocumentKind.INVITATION: Scope.PERSON,
    DocumentKind.INTEREST_FORM: Scope.PERSON,
    DocumentKind.MANAGER_NOTE: Scope.PERSON,
    DocumentKind.MENTOR_LETTER: Scope.PAIR,
    DocumentKind.MENTEE_LETTER: Scope.PAIR,
    DocumentKind.TIMELINE: Scope.PROGRAMME,
    DocumentKind.AGREEMENT: Scope.PAIR,
    DocumentKind.FIRST_MEETING: Scope.PAIR,
    DocumentKind.CONVERSATION_CARDS: Scope.PAIR,
    DocumentKind.SESSION_LOG: Scope.PAIR,
    DocumentKind.SIGN_IN: Scope.GATHERING,
    DocumentKind.MIDPOINT: Scope.PAIR,
    DocumentKind.YOU_SAID: Scope.PROGRAMME,
    DocumentKind.CERTIFICATE: Scope.PERSON,
}

OCCASION_NAMES: Mapping[Occasion, str] = {
    Occasion.INVITING: N_("Inviting people"),
    Occasion.STARTING: N_("Bringing pairs together"),
    Occasion.MEETING: N_("For the sessions"),
    Occasion.ALONG_THE_WAY: N_("Along the way"),
    Occasion.CLOSING: N_("Closing"),
}

OCCASIONS: Mapping[Occasion, tuple[DocumentKind, ...]] = {
    Occasion.INVITING: (
        DocumentKind.INVITATION,
        DocumentKind.INTEREST_FORM,
        DocumentKind.MANAGER_NOTE,
    ),
    Occasion.STARTING: (
        DocumentKind.MENTOR_LETTER,
        DocumentKind.MENTEE_LETTER,
        DocumentKind.TIMELINE,
        DocumentKind.AGREEMENT,
    ),
    Occasion.MEETING: (
        DocumentKind.FIRST_MEETING,
        DocumentKind.CONVERSATION_CARDS,
        DocumentKind.SESSION_LOG,
    ),
    Occasion.ALONG_THE_WAY: (DocumentKind.SIGN_IN, DocumentKind.MIDPOINT, DocumentKind.YOU_SAID),
    Occasion.CLOSING: (DocumentKind.CERTIFICATE,),
}

PAIR_LETTERS = (DocumentKind.MENTOR_LETTER, DocumentKind.MENTEE_LETTER)
"""The two letters that tell people who their partner is."""


class Template(Base):
    """An own wording of one kind of document: ``blocks`` is JSON in the grammar of templates.py.

    At most one of a kind and language is ``in_use``, which is printed; where none is, the shipped
    default in resources/letters is. ``name`` tells several apart; "": the one without a name.
    """

    __tablename__ = "templates"
    __table_args__ = (UniqueConstraint("kind", "language", "name"), TABLE)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    kind: Mapped[DocumentKind]
    language: Mapped[str]
    blocks: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(default="")
    in_use: Mapped[bool] = mapped_column(default=True)


class IssuedDocument(Base):
    """One document that was printed, and for whom: a person, a pair, a gathering, or (with none of
    the three) the whole programme. ``facts`` is the digest of what stood on it.
    """

    __tablename__ = "issued_documents"
    __table_args__ = (
        Index("ix_issued_documents_programme_id", "programme_id"),
        Index("ix_issued_documents_pair_id", "pair_id"),
        Index("ix_issued_documents_staff_id", "staff_id"),
        # Ledger: an undo never takes back what is on paper already.
        {**TABLE, "info": LEDGER},
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    kind: Mapped[DocumentKind]
    issued_on: Mapped[date]
    template_version: Mapped[int]
    facts: Mapped[str] = mapped_column(default="")
    pair_id: Mapped[int | None] = mapped_column(
        ForeignKey("pairs.id", ondelete="CASCADE"), default=None
    )
    staff_id: Mapped[int | None] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), default=None
    )
    gathering_id: Mapped[int | None] = mapped_column(
        ForeignKey("gatherings.id", ondelete="CASCADE"), default=None
    )

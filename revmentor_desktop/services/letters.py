"""How the organisation's letters look, and their wording: its own, or the one that is shipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop import resources
from revmentor_desktop.domain import templates
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.organisation import Organisation
from revmentor_desktop.domain.printed import DOCUMENT_NAMES, DocumentKind
from revmentor_desktop.domain.printed import Template as StoredTemplate
from revmentor_desktop.domain.templates import Document
from revmentor_desktop.i18n import _


@dataclass(frozen=True, slots=True)
class Letterhead:
    """How the organisation's letters look. ``logo`` and ``signature``: PNG bytes.

    ``envelope``: one of ENVELOPES; the shifts move the address by millimetres right and down.
    """

    name: str
    address: str
    footer: str
    logo: bytes | None
    accent: str
    paper: str
    language: str
    envelope: str = "none"
    shift_x: int = 0
    shift_y: int = 0
    signature: bytes | None = None


def letterhead(session: Session) -> Letterhead:
    """The organisation's letterhead."""
    one = session.scalars(select(Organisation)).one()
    return Letterhead(
        one.name, one.address, one.footer, one.logo, one.accent, one.paper, one.language,
        one.envelope, one.shift_x, one.shift_y, one.signature,
    )  # fmt: skip


def documents(
    session: Session, kinds: Sequence[DocumentKind], language: str
) -> dict[DocumentKind, Document]:
    """The wording of each document: the organisation's own, or the shipped one."""
    own = {
        stored.kind: stored
        for stored in session.scalars(
            select(StoredTemplate).where(StoredTemplate.language == language, StoredTemplate.in_use)
        )
    }
    return {kind: _loaded(kind, own.get(kind), language) for kind in kinds}


def _loaded(kind: DocumentKind, own: StoredTemplate | None, language: str) -> Document:
    """A wording; what is wrong with it is told with the document's name."""
    if own is None:
        return templates.load(shipped(kind, language), 0, kind)
    try:
        return templates.load(own.blocks, own.version, kind)
    except UserError as refusal:
        raise UserError(
            _("The wording of “{document}” cannot be printed. {why} Mend it under File, Letter "
              "templates.").format(document=_(DOCUMENT_NAMES[kind]), why=refusal)
        ) from refusal  # fmt: skip


def shipped(kind: DocumentKind, language: str) -> str:
    """The JSON of the wording that comes with the program, in English where there is no other."""
    name = f"{kind.value.replace(' ', '_')}.json"
    path = resources.path("letters", language, name)
    if not path.exists():
        path = resources.path("letters", "en_GB", name)
    return path.read_text("utf-8")

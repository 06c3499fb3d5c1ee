"""The organisation's own wording of documents; where there is none, the shipped one is used."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from revmentor_desktop.domain import templates
from revmentor_desktop.domain.printed import OCCASIONS, DocumentKind, IssuedDocument, Template
from revmentor_desktop.domain.templates import Wording
from revmentor_desktop.services import letters


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A document in the list; ``is_own``: the organisation has changed its wording."""

    kind: DocumentKind
    is_own: bool


def rows(session: Session, language: str) -> list[TemplateRow]:
    """All documents, by occasion, in the order of printing."""
    own = set(session.scalars(select(Template.kind).where(Template.language == language)))
    return [TemplateRow(kind, kind in own) for kinds in OCCASIONS.values() for kind in kinds]


def wording(session: Session, kind: DocumentKind, language: str) -> Wording:
    """The wording that is printed now."""
    own = _own(session, kind, language)
    return templates.from_json(own.blocks) if own is not None else shipped(kind, language)


def shipped(kind: DocumentKind, language: str) -> Wording:
    """The wording that came with the program, in English where the language has none."""
    return templates.from_json(letters.shipped(kind, language))


def save(session: Session, kind: DocumentKind, language: str, changed: Wording) -> None:
    """Print this wording from now on; UserError where it has a fault.

    The shipped wording is no wording of one's own: its row goes. A version that has been printed
    never means two wordings, and what was never printed needs no version of its own.
    """
    templates.compiled(changed, 0, kind)
    own = _own(session, kind, language)
    if changed == shipped(kind, language):
        if own is not None:
            session.delete(own)
        return
    text = templates.dump(changed)
    if own is not None and own.blocks == text:
        return
    printed = select(func.max(IssuedDocument.template_version)).where(IssuedDocument.kind == kind)
    version = 1 + (session.scalar(printed) or 0)
    if own is None:
        session.add(Template(kind=kind, language=language, blocks=text, version=version))
    else:
        own.blocks, own.version = text, version


def _own(session: Session, kind: DocumentKind, language: str) -> Template | None:
    found = select(Template).where(Template.kind == kind, Template.language == language)
    return session.scalars(found).one_or_none()

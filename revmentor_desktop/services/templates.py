"""The organisation's own wordings of documents; where none is in use, the shipped one is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, count

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from revmentor_desktop.domain import templates, wordings
from revmentor_desktop.domain.base import clean, in_order
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.printed import OCCASIONS, DocumentKind, IssuedDocument, Template
from revmentor_desktop.domain.wordings import Wording
from revmentor_desktop.i18n import _
from revmentor_desktop.services import letters

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A document in the list; ``is_own``: the wording in use is the organisation's own."""

    kind: DocumentKind
    is_own: bool


@dataclass(frozen=True, slots=True)
class Variant:
    """One of several wordings of a document; ``id`` is None for the shipped one."""

    id: int | None
    name: str
    in_use: bool


def rows(session: Session, language: str) -> list[TemplateRow]:
    """All documents, by occasion, in the order of printing."""
    own = set(
        session.scalars(select(Template.kind).where(Template.language == language, Template.in_use))
    )
    return [TemplateRow(kind, kind in own) for kinds in OCCASIONS.values() for kind in kinds]


def variants(session: Session, kind: DocumentKind, language: str) -> list[Variant]:
    """The wordings of a document: the shipped one, then one's own by name."""
    stored = _of(kind, language).order_by(in_order(Template.name), Template.id)
    own = [
        Variant(one.id, one.name or _("Our wording"), one.in_use) for one in session.scalars(stored)
    ]
    shipped_in_use = not any(one.in_use for one in own)
    return [Variant(None, _("As it came"), shipped_in_use), *own]


def wording(session: Session, kind: DocumentKind, language: str) -> Wording:
    """The wording that is printed now."""
    own = _in_use(session, kind, language)
    return wordings.from_json(own.blocks) if own is not None else shipped(kind, language)


def shipped(kind: DocumentKind, language: str) -> Wording:
    """The wording that came with the program, in English where the language has none."""
    return wordings.from_json(letters.shipped(kind, language))


def save(session: Session, kind: DocumentKind, language: str, changed: Wording) -> None:
    """Print this wording from now on; UserError where it has a fault.

    The shipped wording is no wording of one's own: the row without a name goes. A version that has
    been printed never means two wordings, and what was never printed needs no version of its own.
    """
    templates.compiled(changed, 0, kind)
    own = _in_use(session, kind, language)
    is_shipped = changed == shipped(kind, language)
    if is_shipped and (own is None or not own.name):
        if own is not None:
            session.delete(own)
        return
    text = wordings.dump(changed)
    if own is not None and own.blocks == text:
        return
    version = _next_version(session, kind, own.id if own is not None else None)
    if own is None:
        name = _free(session, kind, language)
        own = Template(kind=kind, language=language, blocks=text, name=name)
        session.add(own)
    own.blocks, own.version = text, version


def duplicate(session: Session, kind: DocumentKind, language: str, name: str) -> None:
    """A second wording under a name, in use from now on; the one before is kept as it is."""
    name = " ".join(clean(name).split())
    if not name:
        raise UserError(_("Give the copy a name, so that you find it again."))
    if len(name) > LONGEST_NAME:
        raise UserError(_("A name may have {n} characters.").format(n=LONGEST_NAME))
    if any(one.name.casefold() == name.casefold() for one in variants(session, kind, language)):
        raise UserError(_("There is a wording called “{name}” already.").format(name=name))
    text = wordings.dump(wording(session, kind, language))
    before = _in_use(session, kind, language)
    # The copy says the same, so it may be called by the same version.
    version = before.version if before is not None else _next_version(session, kind)
    use(session, kind, language, None)
    session.add(Template(kind=kind, language=language, blocks=text, name=name, version=version))


def use(session: Session, kind: DocumentKind, language: str, variant_id: int | None) -> None:
    """Print this one of the wordings from now on; None: the shipped one."""
    before = _in_use(session, kind, language)
    if before is not None:
        before.in_use = False
    if variant_id is not None:
        chosen = session.get(Template, variant_id)
        if chosen is None:
            raise UserError(_("This wording is no longer in the file. Choose another one."))
        chosen.in_use = True


def remove(session: Session, kind: DocumentKind, language: str) -> None:
    """Take away the own wording in use; the shipped one is printed from now on."""
    own = _in_use(session, kind, language)
    if own is not None:
        session.delete(own)


def _of(kind: DocumentKind, language: str) -> Select[Template]:
    return select(Template).where(Template.kind == kind, Template.language == language)


def _free(session: Session, kind: DocumentKind, language: str) -> str:
    """A name for a wording that is made of the shipped one: none, if there is none without yet."""
    taken = {one.name for one in session.scalars(_of(kind, language))}
    numbered = (_("Our wording {n}").format(n=n) for n in count(2))
    return next(name for name in chain([""], numbered) if name not in taken)


def _in_use(session: Session, kind: DocumentKind, language: str) -> Template | None:
    return session.scalars(_of(kind, language).where(Template.in_use)).one_or_none()


def _next_version(session: Session, kind: DocumentKind, own_id: int | None = None) -> int:
    """A version that neither paper nor another wording than ``own_id`` goes by."""
    printed = select(func.max(IssuedDocument.template_version)).where(IssuedDocument.kind == kind)
    kept = select(func.max(Template.version)).where(Template.kind == kind, Template.id != own_id)
    return 1 + max(session.scalar(printed) or 0, session.scalar(kept) or 0)

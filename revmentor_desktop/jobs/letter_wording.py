"""The wording of a document before it is printed: its faults, and how it looks."""

from __future__ import annotations

from sqlalchemy.orm import Session

from revmentor_desktop.documents import fonts
from revmentor_desktop.domain import templates
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.printed import DocumentKind
from revmentor_desktop.domain.templates import Fault
from revmentor_desktop.domain.wordings import Wording
from revmentor_desktop.i18n import _
from revmentor_desktop.services import templates as own_templates


def faults(kind: DocumentKind, wording: Wording) -> list[Fault]:
    """What is wrong with each line: its grammar, else letters that no font can draw."""
    found = templates.check(wording, kind)
    places = {(fault.block, fault.line) for fault in found}
    for at, block in enumerate(wording.blocks):
        for number, line in enumerate(block.lines):
            missing = fonts.undrawable(line)
            if missing and (at, number) not in places:
                found.append(Fault(at, number, _undrawable(missing)))
    return sorted(found, key=lambda fault: (fault.block, fault.line))


def save(session: Session, kind: DocumentKind, language: str, wording: Wording) -> None:
    """Print this wording from now on; UserError names the first fault."""
    for fault in faults(kind, wording):
        raise UserError(fault.sentence)
    own_templates.save(session, kind, language, wording)


def _undrawable(missing: str) -> str:
    return _("The fonts of this program cannot print: {characters}. Write it differently.").format(
        characters=missing
    )

"""Template files: the wording of one document, to be handed on to another organisation."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from revmentor_desktop.domain import templates, wordings
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.printed import DocumentKind
from revmentor_desktop.domain.wordings import Wording
from revmentor_desktop.i18n import _
from revmentor_desktop.store.atomic import atomic_write

SUFFIX = ".revletter"
MOST_BYTES = 512 * 1024
_FORMAT = "RevMentor letter"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class LetterFile:
    """The wording of a kind of document, and its language such as en_GB."""

    kind: DocumentKind
    language: str
    wording: Wording


def write(path: Path, letter: LetterFile) -> None:
    """Write a template file whole or not at all."""
    data = {
        "format": _FORMAT,
        "version": _VERSION,
        "kind": letter.kind.value,
        "language": letter.language,
        **wordings.as_data(letter.wording),
    }
    text = json.dumps(data, ensure_ascii=False, indent=1)
    with atomic_write(path) as file:
        file.write(text.encode("utf-8"))


def read(path: Path) -> LetterFile:
    """A template file from anybody, checked as a whole; UserError says what is wrong with it."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError:
        raise UserError(
            _("The file {name} cannot be read. Choose another one.").format(name=path.name)
        ) from None
    if len(content) > MOST_BYTES:
        raise UserError(
            _("The file {name} is too large for a template file. Choose another one.").format(
                name=path.name
            )
        )
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or data.get("format") != _FORMAT:
        raise UserError(
            _("The file {name} is not a RevMentor template file. Choose another one.").format(
                name=path.name
            )
        )
    return _checked(data)


def _checked(data: dict[str, object]) -> LetterFile:
    if data.get("version") != _VERSION:
        raise UserError(
            _("This template file was made by a newer version of this program. Update it first.")
        )
    kinds = {kind.value: kind for kind in DocumentKind}
    kind, language = data.get("kind"), data.get("language")
    if not isinstance(kind, str) or kind not in kinds or not isinstance(language, str):
        raise UserError(_("This template file is for a document that this program does not know."))
    wording = wordings.read(data)
    templates.compiled(wording, 0, kinds[kind])
    return LetterFile(kinds[kind], language[:16], wording)

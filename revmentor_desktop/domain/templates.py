"""The wording of documents as data: blocks of text with **bold**, *italic* and {{fields}}."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, get_args

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.letter_fields import FIELDS, offered
from revmentor_desktop.domain.letter_fields import Value as Value
from revmentor_desktop.domain.printed import DOCUMENT_NAMES, DocumentKind
from revmentor_desktop.i18n import _

BlockKind = Literal[
    "address",
    "heading",
    "subheading",
    "display",
    "paragraph",
    "small",
    "bullets",
    "checklist",
    "table",
    "steps",
    "cards",
    "blanks",
    "lines",
    "signatures",
    "qr",
    "space",
    "pagebreak",
]
"""address: the reader's address, in the window of an envelope where the paper has one. display: a
large line; a document that has one is centred and framed (certificate). small: small print.
checklist: bullets with a box to tick. table: cells cut at "|"; with ``rows`` the rows of a list
follow the heading line. steps: a dated list, rows of (date, what). cards: rows of (heading, text),
two beside each other, to be cut out. blanks: labels each with a line to write on. qr: the one line
as a QR code, with the text under it.
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one weight: fixed text, or the value of a field."""

    text: str
    field: str = ""
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document. ``lines``: its texts, each in pieces; ``when``: the field without
    whose value the block is left out, ``unless``: the one with whose value it is; ``rows``: the
    field whose value is a list of rows, for table, steps and cards; ``count``: how many ruled lines
    a "lines" block has, how many empty rows follow in a table.
    """

    kind: BlockKind
    lines: tuple[tuple[Piece, ...], ...] = ()
    when: str = ""
    unless: str = ""
    rows: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed template. ``version`` 0 is the shipped wording."""

    title: str
    blocks: tuple[Block, ...]
    version: int = 0


def load(text: str, version: int = 0, document: DocumentKind | None = None) -> Document:
    """A document out of its JSON; UserError names the line that is wrong.

    ``document`` limits the fields to those that this kind of document offers.
    """
    try:
        stored = json.loads(text)
        entries = stored["blocks"]
    except (ValueError, KeyError, TypeError):
        raise UserError(_("This template cannot be read. Restore the default.")) from None
    return Document(stored.get("title", ""), tuple(_blocks(entries, document)), version)


def _blocks(entries: Sequence[Mapping[str, object]], document: DocumentKind | None) -> list[Block]:
    blocks = []
    number = 0
    for entry in entries:
        kind = str(entry.get("kind", "paragraph"))
        if kind not in get_args(BlockKind):
            raise UserError(_("There is no block called “{kind}”.").format(kind=kind))
        texts = entry.get("lines", [entry["text"]] if "text" in entry else [])
        lines = []
        assert isinstance(texts, list)
        for line in texts:
            number += 1
            lines.append(parse(str(line), number, document))
        when, unless = str(entry.get("when", "")), str(entry.get("unless", ""))
        rows = str(entry.get("rows", ""))
        for name in filter(None, (when, unless, rows)):
            _check_field(name, number, document)
        count = entry.get("count", 0)
        assert isinstance(count, int)
        blocks.append(Block(kind, tuple(lines), when, unless, rows, count))  # type: ignore[arg-type]
    return blocks


_MARKS = re.compile(r"(\{\{[^{}]*\}\}|\*\*|\*)")


def parse(text: str, number: int = 1, document: DocumentKind | None = None) -> tuple[Piece, ...]:
    """The pieces of one line; UserError for an unknown field or a brace that stays open."""
    pieces: list[Piece] = []
    bold = italic = False
    for part in _MARKS.split(text):
        if part == "**":
            bold = not bold
        elif part == "*":
            italic = not italic
        elif part.startswith("{{") and part.endswith("}}"):
            name = part[2:-2].strip()
            _check_field(name, number, document)
            pieces.append(Piece("", name, bold, italic))
        elif "{{" in part or "}}" in part:
            raise UserError(
                _(
                    "Line {n}: a field starts with {{{{ and ends with }}}}; one of them is missing."
                ).format(n=number)
            )
        elif part:
            pieces.append(Piece(part, "", bold, italic))
    if bold or italic:
        raise UserError(
            _("Line {n}: an asterisk opens bold or italic text and nothing closes it.").format(
                n=number
            )
        )
    return tuple(pieces)


def _check_field(name: str, number: int, document: DocumentKind | None) -> None:
    known = FIELDS if document is None else offered(document)
    if name in known:
        return
    if document is not None and name in FIELDS:
        raise UserError(
            _("Line {n}: “{name}” is not known on this document ({document}).").format(
                n=number, name=name, document=_(DOCUMENT_NAMES[document])
            )
        )
    sentence = _("Line {n}: there is no field “{name}”.").format(n=number, name=name)
    close = get_close_matches(name, known, 1, 0.6)
    if close:
        sentence += " " + _("Did you mean “{name}”?").format(name=close[0])
    raise UserError(sentence)

"""The wording of documents as data: blocks of text with **bold**, *italic* and {{fields}}."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, get_args

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import N_, _

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
large centred line (certificate). small: small print. checklist: bullets with a box to tick. table:
cells cut at "|"; with ``rows`` the rows of a list follow the heading line. steps: a dated list,
rows of (date, what). cards: rows of (heading, text), two beside each other, to be cut out. blanks:
labels each with a line to write on. qr: the one line as a QR code, with the text under it.
"""


Value = str | tuple[str, ...] | tuple[tuple[str, ...], ...]
"""What a field says: a text, a list, or a list of rows, each of some texts."""


@dataclass(frozen=True, slots=True)
class Field:
    """A value that a template may name. ``many``: a list, for bullets. ``sample`` for previews."""

    title: str
    sample: str
    many: bool = False


FIELDS: Mapping[str, Field] = {
    "reader.name": Field(N_("Reader’s full name"), "Amara Nwosu"),
    "reader.call_name": Field(N_("What the reader is called"), "Amara"),
    "reader.department": Field(N_("Reader’s department"), "Customer Care"),
    "partner.name": Field(N_("Partner’s full name"), "Peter Lindqvist"),
    "partner.call_name": Field(N_("What the partner is called"), "Peter"),
    "partner.job_title": Field(N_("Partner’s job title"), "Head of Finance"),
    "partner.department": Field(N_("Partner’s department"), "Finance"),
    "partner.site": Field(N_("Partner’s site"), "Harbour House"),
    "partner.email": Field(N_("Partner’s e-mail"), "peter@example.org"),
    "mentor.name": Field(N_("Mentor’s full name"), "Amara Nwosu"),
    "mentor.call_name": Field(N_("What the mentor is called"), "Amara"),
    "mentee.name": Field(N_("Mentee’s full name"), "Peter Lindqvist"),
    "mentee.call_name": Field(N_("What the mentee is called"), "Peter"),
    "mentor.word": Field(N_("Word for mentor"), "mentor"),
    "mentee.word": Field(N_("Word for mentee"), "mentee"),
    "mentor.brings": Field(N_("Topics the mentor brings"), "Safe passwords", many=True),
    "mentee.brings": Field(N_("Topics the mentee brings"), "How decisions are made", many=True),
    "reasons": Field(N_("Why these two"), "They work in different departments", many=True),
    "pair.code": Field(N_("Number of the pair"), "P017"),
    "pair.aim": Field(N_("Shared aim"), "Understand each other’s work"),
    "programme.name": Field(N_("Name of the programme"), "Spring programme"),
    "programme.aims": Field(N_("Aims of the programme"), "Learn from one another"),
    "programme.start": Field(N_("Start of the programme"), "2 March 2026"),
    "programme.end": Field(N_("End of the programme"), "2 September 2026"),
    "programme.sessions": Field(N_("Number of sessions"), "6"),
    "programme.minutes": Field(N_("Minutes of a session"), "60"),
    "organisation.name": Field(N_("Name of the organisation"), "Lindenhof"),
    "organisation.sponsor": Field(N_("Sponsor"), "Helen Marsh, Chief Executive"),
    "coordinator.name": Field(N_("Your name, as coordinator"), "Ruth Adeyemi"),
    "support.contact": Field(N_("Whom to call"), "Ruth Adeyemi, extension 214"),
    "today": Field(N_("Date on the letter"), "2 March 2026"),
}


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


def load(text: str, version: int = 0) -> Document:
    """A document out of its JSON; UserError names the line that is wrong."""
    try:
        stored = json.loads(text)
        entries = stored["blocks"]
    except (ValueError, KeyError, TypeError):
        raise UserError(_("This template cannot be read. Restore the default.")) from None
    return Document(stored.get("title", ""), tuple(_blocks(entries)), version)


def _blocks(entries: Sequence[Mapping[str, object]]) -> list[Block]:
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
            lines.append(parse(str(line), number))
        when, unless = str(entry.get("when", "")), str(entry.get("unless", ""))
        rows = str(entry.get("rows", ""))
        for name in filter(None, (when, unless, rows)):
            _check_field(name, number)
        count = entry.get("count", 0)
        assert isinstance(count, int)
        blocks.append(Block(kind, tuple(lines), when, unless, rows, count))  # type: ignore[arg-type]
    return blocks


_MARKS = re.compile(r"(\{\{[^{}]*\}\}|\*\*|\*)")


def parse(text: str, number: int = 1) -> tuple[Piece, ...]:
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
            _check_field(name, number)
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


def _check_field(name: str, number: int) -> None:
    if name in FIELDS:
        return
    sentence = _("Line {n}: there is no field “{name}”.").format(n=number, name=name)
    close = get_close_matches(name, FIELDS, 1, 0.6)
    if close:
        sentence += " " + _("Did you mean “{name}”?").format(name=close[0])
    raise UserError(sentence)

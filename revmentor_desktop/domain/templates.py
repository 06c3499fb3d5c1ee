"""The wording of documents as data: blocks of text with **bold**, *italic* and {{fields}}."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Literal, get_args

from revmentor_desktop.domain.base import clean
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.letter_fields import FIELDS, Field, offered
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


@dataclass(frozen=True, slots=True)
class Written:
    """A block as it is written: like Block, but each line is still the text that was typed."""

    kind: BlockKind
    lines: tuple[str, ...] = ()
    when: str = ""
    unless: str = ""
    rows: str = ""
    count: int = 0

    def with_condition(self, name: str, field: str) -> Written:
        """The block left out otherwise: ``name`` is "when" or "unless"."""
        return replace(self, when=field) if name == "when" else replace(self, unless=field)


@dataclass(frozen=True, slots=True)
class Wording:
    """A template as it is written and edited; it may have faults."""

    title: str
    blocks: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one line of a block, in words; ``line`` is -1 for the whole block."""

    block: int
    line: int
    sentence: str


MOST_BLOCKS, MOST_LINES, LONGEST_LINE, MOST_COUNT = 200, 200, 5000, 60
_BREAKS = re.compile("[\n\u2028\u2029]")


def load(text: str, version: int = 0, document: DocumentKind | None = None) -> Document:
    """A document out of its JSON; UserError names the line that is wrong.

    ``document`` limits the fields to those that this kind of document offers.
    """
    return compiled(from_json(text), version, document)


def from_json(text: str) -> Wording:
    """The wording out of its JSON as this program stores it."""
    try:
        stored = json.loads(text)
    except (ValueError, RecursionError):
        raise UserError(_("This template cannot be read. Restore the default.")) from None
    return read(stored)


def read(stored: object) -> Wording:
    """The wording out of parsed JSON that may come from anybody; UserError where it is none."""
    entries = stored.get("blocks") if isinstance(stored, dict) else None
    if not isinstance(stored, dict) or not isinstance(entries, list):
        raise UserError(_("This template cannot be read. Restore the default."))
    if len(entries) > MOST_BLOCKS:
        raise UserError(
            _("A document may have {most} blocks; this one has {n}.").format(
                most=MOST_BLOCKS, n=len(entries)
            )
        )
    title = " ".join(_clean_lines(stored.get("title", ""), 0))[:LONGEST_LINE]
    blocks = (_read_block(entry, number) for number, entry in enumerate(entries, start=1))
    return Wording(title, tuple(blocks))


def _read_block(entry: object, number: int) -> Written:
    if not isinstance(entry, dict):
        raise UserError(_("Block {n} of this template cannot be read.").format(n=number))
    kind = entry.get("kind", "paragraph")
    if kind not in get_args(BlockKind):
        shown = " ".join(_clean_lines(kind, number))[:40]
        raise UserError(_("There is no block called “{kind}”.").format(kind=shown))
    texts = entry.get("lines", [entry["text"]] if "text" in entry else [])
    if not isinstance(texts, list) or len(texts) > MOST_LINES:
        raise UserError(
            _("Block {n} has too many lines, or none that can be read.").format(n=number)
        )
    lines = tuple(line for text in texts for line in _clean_lines(text, number))
    if any(len(line) > LONGEST_LINE for line in lines) or len(lines) > MOST_LINES:
        raise UserError(
            _("Block {n} has more than {most} characters in a line. Shorten it.").format(
                n=number, most=LONGEST_LINE
            )
        )
    names = {key: "".join(_clean_lines(entry.get(key, ""), number))[:80] for key in _NAMES}
    count = entry.get("count", 0)
    if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= MOST_COUNT:
        raise UserError(
            _("Block {n} may count from 0 to {most}.").format(n=number, most=MOST_COUNT)
        )
    return Written(kind, lines, **names, count=count)


_NAMES = ("when", "unless", "rows")


def _clean_lines(text: object, number: int) -> list[str]:
    if not isinstance(text, str):
        raise UserError(_("Block {n} of this template cannot be read.").format(n=number))
    return [clean(line).replace("\t", " ") for line in _BREAKS.split(text)]


def dump(wording: Wording) -> str:
    """The JSON of a wording; ``read`` gives the same wording again."""
    return json.dumps(as_data(wording), ensure_ascii=False, indent=1)


def as_data(wording: Wording) -> dict[str, object]:
    """A wording as what JSON has: what is blank is left out."""
    blocks = []
    for block in wording.blocks:
        entry: dict[str, object] = {"kind": block.kind}
        if len(block.lines) == 1:
            entry["text"] = block.lines[0]
        elif block.lines:
            entry["lines"] = list(block.lines)
        for key in (*_NAMES, "count"):
            if value := getattr(block, key):
                entry[key] = value
        blocks.append(entry)
    return {"title": wording.title, "blocks": blocks}


def compiled(wording: Wording, version: int = 0, document: DocumentKind | None = None) -> Document:
    """The document that a wording says; UserError names the first line that is wrong."""
    blocks, number = [], 0
    for block in wording.blocks:
        lines = []
        for line in block.lines:
            number += 1
            lines.append(parse(line, number, document))
        _check_names(block, document, number)
        blocks.append(
            Block(block.kind, tuple(lines), block.when, block.unless, block.rows, block.count)
        )
    return Document(wording.title, tuple(blocks), version)


def check(wording: Wording, document: DocumentKind) -> list[Fault]:
    """What is wrong with each line of the wording of a kind of document."""
    faults = []
    for at, block in enumerate(wording.blocks):
        for number, line in enumerate(block.lines):
            try:
                parse(line, 0, document)
            except UserError as refusal:
                faults.append(Fault(at, number, str(refusal)))
        try:
            _check_names(block, document)
        except UserError as refusal:
            faults.append(Fault(at, -1, str(refusal)))
    return faults


MARKS = re.compile(r"(\\\*|\{\{[^{}]*\}\}|\*\*|\*)")
r"""What is not plain text in a line: a field, the marks of bold and italic, and \* for a "*"."""


def parse(text: str, number: int = 1, document: DocumentKind | None = None) -> tuple[Piece, ...]:
    """The pieces of one line; UserError for an unknown field or a brace that stays open.

    ``number`` is named in the sentence unless it is 0.
    """
    pieces: list[Piece] = []
    bold = italic = False
    for part in MARKS.split(text):
        if part == "**":
            bold = not bold
        elif part == "*":
            italic = not italic
        elif part.startswith("{{") and part.endswith("}}"):
            name = _printed_field(part[2:-2].strip(), number, document)
            pieces.append(Piece("", name, bold, italic))
        elif "{{" in part or "}}" in part:
            raise _wrong(
                _("a field starts with {{ and ends with }}; one of them is missing."), number
            )
        elif part:
            pieces.append(Piece("*" if part == "\\*" else part, "", bold, italic))
    if bold or italic:
        raise _wrong(
            _("an asterisk opens bold or italic text and nothing closes it. "
              "For an asterisk that is printed, write \\*."), number
        )  # fmt: skip
    return tuple(pieces)


def _printed_field(name: str, number: int, document: DocumentKind | None) -> str:
    field = _field(name, number, document)
    if field.condition:
        sentence = _("“{name}” only says whether; use it in “only if”.")
    elif field.rows:
        sentence = _("“{name}” is a list of rows; use it in a table, steps or cards.")
    else:
        return name
    raise _wrong(sentence.format(name=name), number)


def _check_names(block: Written, document: DocumentKind | None, number: int = 0) -> None:
    """Refuse a condition or a list of rows that is none."""
    for name in filter(None, (block.when, block.unless)):
        _field(name, number, document)
    if block.rows and not _field(block.rows, number, document).rows:
        raise _wrong(_("“{name}” is no list of rows.").format(name=block.rows), number)


def _field(name: str, number: int, document: DocumentKind | None) -> Field:
    known = FIELDS if document is None else offered(document)
    if name in known:
        return known[name]
    if document is not None and name in FIELDS:
        raise _wrong(
            _("“{name}” is not known on this document ({document}).").format(
                name=name, document=_(DOCUMENT_NAMES[document])
            ),
            number,
        )
    sentence = _("there is no field “{name}”.").format(name=name[:60])
    close = get_close_matches(name, known, 1, 0.6)
    if close:
        sentence += " " + _("Did you mean “{name}”?").format(name=close[0])
    raise _wrong(sentence, number)


def _wrong(sentence: str, number: int) -> UserError:
    """The refusal with its line, or as a sentence of its own where it stands at the line."""
    if number:
        return UserError(_("Line {n}: {what}").format(n=number, what=sentence))
    return UserError(f"{sentence[:1].upper()}{sentence[1:]}")

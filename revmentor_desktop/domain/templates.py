"""The wording of documents as data: blocks of text with **bold**, *italic* and {{fields}}."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.letter_fields import FIELDS, Field, offered
from revmentor_desktop.domain.letter_fields import Value as Value
from revmentor_desktop.domain.printed import DOCUMENT_NAMES, DocumentKind
from revmentor_desktop.domain.wordings import (
    LONGEST_LINE,
    MOST_LINES,
    Wording,
    Written,
    check_amount,
    from_json,
)
from revmentor_desktop.domain.wordings import BlockKind as BlockKind
from revmentor_desktop.i18n import _


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
class Fault:
    """What is wrong with one line of a block, in words; ``line`` is -1 for the whole block."""

    block: int
    line: int
    sentence: str


def load(text: str, version: int = 0, document: DocumentKind | None = None) -> Document:
    """A document out of its JSON; UserError names the line that is wrong.

    ``document`` limits the fields to those that this kind of document offers.
    """
    return compiled(from_json(text), version, document)


def compiled(wording: Wording, version: int = 0, document: DocumentKind | None = None) -> Document:
    """The document that a wording says; UserError names the first line that is wrong."""
    check_amount(len(wording.blocks))
    blocks, number = [], 0
    for block in wording.blocks:
        lines = []
        for line in block.lines:
            number += 1
            lines.append(parse(line, number, document))
        _check_block(block, document, number)
        blocks.append(
            Block(block.kind, tuple(lines), block.when, block.unless, block.rows, block.count)
        )
    return Document(wording.title, tuple(blocks), version)


def check(wording: Wording, document: DocumentKind) -> list[Fault]:
    """What is wrong with each line of the wording of a kind of document."""
    faults = []
    try:
        check_amount(len(wording.blocks))
    except UserError as refusal:
        faults.append(Fault(len(wording.blocks) - 1, -1, str(refusal)))
    for at, block in enumerate(wording.blocks):
        for number, line in enumerate(block.lines):
            try:
                parse(line, 0, document)
            except UserError as refusal:
                faults.append(Fault(at, number, str(refusal)))
        try:
            _check_block(block, document)
        except UserError as refusal:
            faults.append(Fault(at, -1, str(refusal)))
    return faults


MARKS = re.compile(r"(\\\*|\{\{[^{}]*\}\}|\*\*|\*)")
r"""What is not plain text in a line: a field, the marks of bold and italic, and \* for a "*"."""


def parse(text: str, number: int = 1, document: DocumentKind | None = None) -> tuple[Piece, ...]:
    """The pieces of one line; UserError for an unknown field or a brace that stays open.

    ``number`` is named in the sentence unless it is 0.
    """
    _check_length(text, number)
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


def _check_length(text: str, number: int) -> None:
    if len(text) > LONGEST_LINE:
        raise _wrong(
            _("this line has more than {most} characters; shorten it.").format(most=LONGEST_LINE),
            number,
        )


def _printed_field(name: str, number: int, document: DocumentKind | None) -> str:
    field = _field(name, number, document)
    if field.condition:
        sentence = _("“{name}” only says whether; use it in “only if”.")
    elif field.rows:
        sentence = _("“{name}” is a list of rows; use it in a table, steps or cards.")
    else:
        return name
    raise _wrong(sentence.format(name=name), number)


def _check_block(block: Written, document: DocumentKind | None, number: int = 0) -> None:
    """Refuse too many lines, and a condition or a list of rows that is none."""
    if len(block.lines) > MOST_LINES:
        raise _wrong(_("a block may have {most} lines.").format(most=MOST_LINES), number)
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

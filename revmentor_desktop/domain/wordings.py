"""Templates as they are written: blocks of typed text, kept as JSON, read from anybody."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Literal, get_args

from revmentor_desktop.domain.base import clean
from revmentor_desktop.domain.errors import UserError
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


MOST_BLOCKS, MOST_LINES, LONGEST_LINE, MOST_COUNT = 200, 200, 5000, 60
_BREAKS = re.compile("[\n\u2028\u2029]")


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
    check_amount(len(entries))
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
    if not isinstance(texts, list):
        raise UserError(_("Block {n} of this template cannot be read.").format(n=number))
    lines = tuple(line for text in texts for line in _clean_lines(text, number))
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


def check_amount(blocks: int) -> None:
    """Refuse more blocks than a document may have."""
    if blocks > MOST_BLOCKS:
        raise UserError(
            _("A document may have {most} blocks; this one has {n}.").format(
                most=MOST_BLOCKS, n=blocks
            )
        )

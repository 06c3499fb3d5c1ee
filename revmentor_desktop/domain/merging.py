"""A template meets its values: which blocks are shown, what is missing, what stands on paper."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from revmentor_desktop.domain.letter_fields import Value, Values
from revmentor_desktop.domain.templates import Block, Document

OF_THE_DAY = frozenset({"today", "session.number", "form.code"})
"""Fields that differ from one printing to the next although nothing has changed."""


def shown(document: Document, values: Values) -> Iterator[Block]:
    """The blocks whose conditions are met."""
    for block in document.blocks:
        if block.when and not values.get(block.when):
            continue
        if block.unless and values.get(block.unless):
            continue
        yield block


def named(block: Block) -> list[str]:
    """The fields whose values a block prints, each once."""
    used = [piece.field for line in block.lines for piece in line if piece.field]
    return list(dict.fromkeys([*used, *([block.rows] if block.rows else [])]))


def missing(document: Document, values: Values) -> list[str]:
    """The fields that would leave a gap: printed in a block that is shown, and without a value.

    An address leaves out its empty lines, so only its first can be missing.
    """
    used: list[str] = []
    for block in shown(document, values):
        fields = named(block)
        used += fields[:1] if block.kind == "address" else fields
    return [name for name in dict.fromkeys(used) if not values.get(name)]


def used(document: Document, values: Values) -> dict[str, Value]:
    """Only the values that a document names, in its text or as a condition."""
    names = {
        name
        for block in document.blocks
        for name in (*named(block), block.when, block.unless)
        if name
    }
    return {name: values.get(name, "") for name in sorted(names)}


def said(document: Document, values: Values) -> dict[str, Value]:
    """What stands on paper: the values of the fields that are printed."""
    used = [name for block in shown(document, values) for name in named(block)]
    return {name: values.get(name, "") for name in used}


def digest(document: Document, values: Values) -> str:
    """A digest of what stands on paper, wording and values, the same on another day."""
    found = list(shown(document, values))
    facts = {
        name: values.get(name, "")
        for block in found
        for name in named(block)
        if name not in OF_THE_DAY
    }
    text = repr([_printed(block) for block in found]) + json.dumps(
        facts, sort_keys=True, ensure_ascii=False
    )
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


@lru_cache(maxsize=1024)
def _printed(block: Block) -> str:
    """All of a block that shows on paper: not on which condition it does."""
    return repr(replace(block, when="", unless=""))

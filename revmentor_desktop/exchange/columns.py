"""Recognises what the columns of a staff list hold, by their headings and by what is in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.exchange.cells import cell_text
from revmentor_desktop.exchange.column_contents import recognise_contents
from revmentor_desktop.exchange.headings import (
    FIELDS,
    KNOWN,
    field_of,
    folded_heading,
    is_none_of_ours,
)
from revmentor_desktop.exchange.sheets import Sheet
from revmentor_desktop.i18n import _

__all__ = [
    "FIELDS",
    "asked_mapping",
    "cell_text",
    "find_column",
    "find_field",
    "folded_heading",
    "propose_mapping",
]

CLOSE_ENOUGH = 90


def propose_mapping(sheet: Sheet) -> dict[int, str]:
    """Column -> field for every column that is recognised; no field twice."""
    mapping: dict[int, str] = {}
    for at, heading in enumerate(sheet.header):
        field = field_of(heading)
        if field is not None and field not in mapping.values():
            mapping[at] = field
    for at, heading in enumerate(sheet.header):
        if at not in mapping and (field := _close(heading)) and field not in mapping.values():
            mapping[at] = field
    recognise_contents(sheet, mapping)
    return dict(sorted(mapping.items()))


def _close(heading: str) -> str | None:
    """A heading that is nearly one that is known, such as one with a typing slip."""
    from rapidfuzz import fuzz, process

    folded = folded_heading(heading)
    if len(folded) < 5 or is_none_of_ours(heading):
        return None
    found = process.extractOne(folded, KNOWN.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
    return KNOWN[found[0]] if found else None


def asked_mapping(sheet: Sheet, wanted: Mapping[str, str]) -> dict[int, str]:
    """The proposed mapping, changed by what was asked for (heading -> field or ``skip``)."""
    mapping = propose_mapping(sheet)
    for heading, field in wanted.items():
        at = find_column(sheet, heading)
        mapping.pop(at, None)
        if folded_heading(field) in ("skip", "ignore", ""):
            continue
        name = find_field(field)
        mapping = {other: kept for other, kept in mapping.items() if kept != name}
        mapping[at] = name
    return mapping


def find_field(text: str) -> str:
    """The field of that name, title or usual heading; a UserError that names the nearest one."""
    folded = folded_heading(text)
    names = {folded_heading(field): field for field in FIELDS}
    names |= {folded_heading(title): field for field, title in FIELDS.items()}
    names |= {folded_heading(_(title)): field for field, title in FIELDS.items()}
    found = names.get(folded) or KNOWN.get(folded)
    if found is not None:
        return found
    raise UserError(
        _("There is no field “{name}”. {hint}").format(name=text, hint=_hint(text, list(FIELDS)))
    )


def find_column(sheet: Sheet, heading: str) -> int:
    """The place of the column with that heading; a UserError that names the nearest one."""
    if heading in sheet.header:
        return sheet.header.index(heading)
    folded = [folded_heading(title) for title in sheet.header]
    if folded_heading(heading) in folded:
        return folded.index(folded_heading(heading))
    raise UserError(
        _("“{file}” has no column “{name}”. {hint}").format(
            file=sheet.name, name=heading, hint=_hint(heading, sheet.header)
        )
    )


def _hint(text: str, known: Sequence[str]) -> str:
    from rapidfuzz import fuzz, process

    found = process.extractOne(
        text, known, scorer=fuzz.ratio, processor=folded_heading, score_cutoff=60
    )
    if found:
        return _("Did you mean “{name}”?").format(name=found[0])
    return _("Choose one of: {names}.").format(names=", ".join(known))

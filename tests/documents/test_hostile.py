"""Hostile text: it prints as text or is refused in one sentence; nothing is obeyed or read."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from revmentor_desktop.documents.labels import write_labels
from revmentor_desktop.documents.pack import Entry, Sheet, check_drawable
from revmentor_desktop.documents.window_sheet import window_test_sheet
from revmentor_desktop.domain import templates
from revmentor_desktop.domain.errors import UserError
from tests.documents import papers

BLOCKS: list[dict[str, object]] = [
    {"kind": "address", "lines": ["{{reader.name}}"]},
    {"kind": "heading", "text": "For {{mentor.name}}"},
    {"text": "Dear **{{mentor.name}}**, *{{mentor.name}}*"},
    {"kind": "bullets", "lines": ["{{mentor.brings}}"]},
    {"kind": "table", "lines": ["Name|{{mentor.name}}"]},
    {"kind": "cards", "rows": "pair.cards"},
    {"kind": "steps", "rows": "pair.cards"},
    {"kind": "signatures", "lines": ["{{mentee.name}}"]},
]
MARKUP = (
    "<Sons>", "<b>Bold</b>", "</para>", "<para><font size=99>", '<img src="{file}"/>',
    '<a href="file://{file}">x</a>', "{{{{mentor.name}}}}", "**stars**", "A & B", "&#99999999;",
    "a|b|c", "%s %(x)s {{0}}", "(brackets) \\\\ and \\n", "/Type /Catalog >> endobj", "-- ' \" ;",
)  # fmt: skip


def named(text: str) -> Entry:
    """A document with a text in every place where a value can stand."""
    given = papers.values(
        mentor__name=text, mentee__name=text[:80], reader__name=text, mentor__brings=(text, text),
        pair__cards=((text[:200], text[:200]),),
    )  # fmt: skip
    return papers.entry(BLOCKS, given)


def worded(text: str) -> Entry | None:
    """A document with a text in its wording; None where the grammar refuses it in words."""
    kinds = ("heading", "subheading", "paragraph", "small", "bullets", "checklist", "table")
    try:
        document = papers.document([{"kind": kind, "lines": [text]} for kind in kinds])
    except UserError as refused:
        return said(refused, "Line ")
    return Entry("x", "P001", [Sheet("x", document, papers.values())])


def said(refused: UserError, expected: str) -> None:
    """Fail unless a refusal says what is expected."""
    assert expected in str(refused)


def squeezed(text: str) -> str:
    """Only what leaves ink, folded as a search folds it."""
    text = text.replace("\ufffe", "-")  # how PDFium gives a hyphen at the end of a line
    kept = (char for char in unicodedata.normalize("NFKC", text)
            if not char.isspace() and unicodedata.category(char)[0] not in "CZM")  # fmt: skip
    return "".join(kept)


def printed_or_refused(entries: Iterable[Entry | None]) -> tuple[int, int]:
    """Print those that can be drawn in one pack; how many were, and how many refused in words."""
    good, refused = [], 0
    for entry in entries:
        if entry is None:
            refused += 1
            continue
        try:
            check_drawable([entry], papers.head())
        except UserError as sentence:
            said(sentence, "has characters that cannot be printed")
            refused += 1
        else:
            good.append(entry)
    try:
        data = papers.printed(*good) if good else b"%PDF"
    except UserError as sentence:
        # One is too large for a page: then each on its own.
        said(sentence, "too long to stand on one page")
        results = [_alone(entry) for entry in good]
        return sum(results), refused + len(results) - sum(results)
    assert data.startswith(b"%PDF")
    return len(good), refused


def _alone(entry: Entry) -> bool:
    try:
        return papers.printed(entry).startswith(b"%PDF")
    except UserError as sentence:
        said(sentence, "too long to stand on one page")
        return False


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_printed_as_it_is_written(text: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("nobody reads this")
    name = text.format(file=secret)
    found = " ".join(papers.pages_text(papers.printed(named(name))))
    assert squeezed(found).count(squeezed(name)) >= 5
    assert "nobody reads" not in found


def test_the_naughty_strings_print_or_are_refused(shared_data: Path) -> None:
    strings = [text for text in json.loads((shared_data / "blns.json").read_text("utf-8")) if text]
    printed, refused = printed_or_refused(map(named, strings))
    assert printed + refused == len(strings)
    assert printed > 300, "most of them have only letters that we can draw"
    printed, refused = printed_or_refused(map(worded, strings))
    assert printed + refused == len(strings)
    assert printed > 250


def test_what_is_printed_of_the_naughty_strings_is_found_again(shared_data: Path) -> None:
    strings = [text for text in json.loads((shared_data / "blns.json").read_text("utf-8"))
               if text.isascii() and len(text) < 60 and squeezed(text)]  # fmt: skip
    entries = [papers.entry([{"text": "{{mentor.name}}"}], papers.values(mentor__name=text))
               for text in strings]  # fmt: skip
    found = papers.pages_text(papers.printed(*entries))
    assert len(found) == len(strings)
    for text, page in zip(strings, found, strict=True):
        assert squeezed(text) in squeezed(page)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=120))
def test_any_text_prints_or_is_refused(text: str) -> None:
    assert sum(printed_or_refused([named(text), worded(text)])) == 2


def test_a_word_of_ten_thousand_letters_breaks_and_takes_pages() -> None:
    long = "x" * 10_000
    entry = papers.entry([{"text": "{{pair.aim}}"}], papers.values(pair__aim=long))
    assert "".join(papers.pages_text(papers.printed(entry))).count("x") >= 10_000


def test_a_name_too_long_to_sign_with_is_refused_in_words() -> None:
    entry = papers.entry([{"kind": "signatures", "lines": ["{{mentor.name}}"]}],
                         papers.values(mentor__name="x" * 20_000))  # fmt: skip
    with pytest.raises(UserError, match="too long to stand on one page"):
        papers.printed(entry)


@pytest.mark.parametrize("text", MARKUP)
def test_hostile_letterheads_labels_and_test_sheets(text: str, tmp_path: Path) -> None:
    head = papers.head(envelope="DIN 5008 B", name=text * 3)
    data = papers.printed(papers.every_block(), on=head)
    assert squeezed(text) in squeezed(" ".join(papers.pages_text(data)))
    with (tmp_path / "labels.pdf").open("wb") as file:
        assert write_labels(file, [(text, text)], "Avery L7160", head, text) == 1
    with (tmp_path / "window.pdf").open("wb") as file:
        window_test_sheet(file, head)


def test_control_characters_leave_no_mark() -> None:
    name = "A\x00B\x1bC\u202eD\u2066E\ufeffF\u00adG"
    entry = papers.entry([{"text": "{{mentor.name}}"}], papers.values(mentor__name=name))
    assert "ABCDEFG" in papers.pages_text(papers.printed(entry))[0]


def test_a_value_that_looks_like_a_field_is_not_merged_again() -> None:
    piece = templates.Piece("", "mentor.name")
    entry = papers.entry([{"text": "{{mentor.name}}"}],
                         papers.values(mentor__name="{{mentee.name}}"))  # fmt: skip
    assert entry.sheets[0].document.blocks[0].lines == ((piece,),)
    assert "{{mentee.name}}" in papers.pages_text(papers.printed(entry))[0]

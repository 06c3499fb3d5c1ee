"""A wording as it is written: kept and read again whole, and what is wrong is said at its line."""

from __future__ import annotations

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revmentor_desktop.domain.base import clean
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.letter_fields import FIELDS
from revmentor_desktop.domain.printed import DocumentKind
from revmentor_desktop.domain.templates import BlockKind, Piece, check, compiled, load, parse
from revmentor_desktop.domain.wordings import (
    MOST_BLOCKS,
    MOST_COUNT,
    Wording,
    Written,
    dump,
    read,
)

LINES = st.text().map(clean).filter(lambda text: not set(text) & set("\n\t\u2028\u2029"))
BLOCKS = st.builds(
    Written,
    kind=st.sampled_from(get_args(BlockKind)),
    lines=st.lists(LINES, max_size=5).map(tuple),
    when=st.sampled_from(["", *FIELDS]),
    unless=st.sampled_from(["", *FIELDS]),
    rows=st.sampled_from(["", *FIELDS]),
    count=st.integers(0, MOST_COUNT),
)
WORDINGS = st.builds(Wording, title=LINES, blocks=st.lists(BLOCKS, max_size=6).map(tuple))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(["blocks", "title", "kind", "lines", "text", "count", "when"]), inner
        )
    ),
    max_leaves=20,
)


@given(WORDINGS)
def test_what_is_dumped_is_read_again_whole(wording: Wording) -> None:
    assert read(json.loads(dump(wording))) == wording


@given(WORDINGS)
def test_a_wording_without_faults_compiles_to_what_is_loaded(wording: Wording) -> None:
    kind = DocumentKind.MENTOR_LETTER
    if check(wording, kind):
        with pytest.raises(UserError):
            compiled(wording, 0, kind)
    else:
        assert load(dump(wording), 3, kind) == compiled(wording, 3, kind)
        lines = [line for block in compiled(wording).blocks for line in block.lines]
        assert not any("{{" in piece.text for line in lines for piece in line)


@given(JSON)
def test_whatever_a_file_holds_is_read_or_refused_in_words(stored: object) -> None:
    try:
        wording = read(stored)
    except UserError:
        return
    assert read(json.loads(dump(wording))) == wording


def test_an_asterisk_can_be_printed() -> None:
    assert parse(r"5 \* 4 **\***") == (
        Piece("5 "), Piece("*"), Piece(" 4 "), Piece("*", bold=True)
    )  # fmt: skip


def test_faults_stand_at_their_line_as_whole_sentences() -> None:
    wording = Wording(
        "Agreement",
        (
            Written("paragraph", ("Fine {{pair.code}}", "Dear {{mentr.name}}")),
            Written("bullets", ("open {{", "*half"), when="pair.code"),
            Written("heading", ("{{reader.name}}",), unless="partner.name"),
            Written("paragraph", ("{{pair.meets_online}}", "{{pair.sessions}}")),
            Written("table", ("a|b",), rows="pair.code"),
            Written("table", ("a|b",), rows="pair.sessions", when="pair.meets_online"),
        ),
    )
    faults = check(wording, DocumentKind.AGREEMENT)
    assert [(fault.block, fault.line) for fault in faults] == [
        (0, 1), (1, 0), (1, 1), (2, 0), (2, -1), (3, 0), (3, 1), (4, -1)
    ]  # fmt: skip
    said = [fault.sentence for fault in faults]
    assert said[0] == "There is no field “mentr.name”. Did you mean “mentor.name”?"
    assert said[1].startswith("A field starts with {{ and ends with }}")
    assert said[3] == "“reader.name” is not known on this document (Agreement)."
    assert said[5] == "“pair.meets_online” only says whether; use it in “only if”."
    assert said[6] == "“pair.sessions” is a list of rows; use it in a table, steps or cards."
    assert said[7] == "“pair.code” is no list of rows."


@pytest.mark.parametrize(
    ("stored", "words"),
    [
        ([], "cannot be read"),
        ({"blocks": {}}, "cannot be read"),
        ({"blocks": [7]}, "Block 1 of this template"),
        ({"blocks": [{"kind": ["heading"]}]}, "Block 1 of this template"),
        ({"blocks": [{"text": 7}]}, "Block 1 of this template"),
        ({"blocks": [{"lines": "text"}]}, "Block 1 of this template"),
        ({"blocks": [{"text": "x" * 5001}]}, "Line 1: this line has more than 5000 characters"),
        ({"blocks": [{"lines": ["x"] * 201}]}, "Line 201: a block may have 200 lines"),
        ({"blocks": [{"kind": "lines", "count": 10**9}]}, "count from 0 to 60"),
        ({"blocks": [{"kind": "lines", "count": True}]}, "count from 0 to 60"),
        ({"blocks": [{}] * (MOST_BLOCKS + 1)}, "may have 200 blocks; this one has 201"),
    ],
)  # fmt: skip
def test_a_strange_template_is_refused_in_one_sentence(stored: object, words: str) -> None:
    with pytest.raises(UserError, match=words):
        compiled(read(stored))


def test_what_would_be_too_much_to_read_again_is_a_fault_already_when_it_is_written() -> None:
    many = Wording("Many", (Written("paragraph", ("x" * 5001,)),) * (MOST_BLOCKS + 1))
    faults = check(many, DocumentKind.AGREEMENT)
    assert faults[0].sentence == "A document may have 200 blocks; this one has 201."
    assert faults[1].sentence == "This line has more than 5000 characters; shorten it."


def test_line_breaks_in_a_text_become_lines_and_controls_go() -> None:
    stored = {"blocks": [{"text": "one\ntwo\u2028three\x00\x1b"}]}
    assert read(stored).blocks[0].lines == ("one", "two", "three")

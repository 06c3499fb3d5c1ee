"""Template files: what is written is read again whole; a bad one is refused in one sentence."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.printed import DocumentKind
from revmentor_desktop.domain.wordings import Wording, Written
from revmentor_desktop.exchange import letter_files
from revmentor_desktop.exchange.letter_files import MOST_BYTES, LetterFile

LINES = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="*{}"))
WORDINGS = st.builds(
    Wording,
    title=LINES,
    blocks=st.lists(
        st.builds(
            Written,
            kind=st.sampled_from(["paragraph", "heading", "bullets", "table"]),
            lines=st.lists(LINES.map(lambda text: f"{text} **{{{{pair.code}}}}**"), max_size=3).map(
                tuple
            ),
            when=st.sampled_from(["", "pair.aim", "pair.meets_online"]),
            count=st.integers(0, 60),
        ),
        max_size=4,
    ).map(tuple),
)


@settings(max_examples=25)
@given(WORDINGS, st.sampled_from([DocumentKind.AGREEMENT, DocumentKind.MENTEE_LETTER]))
def test_a_template_file_is_read_as_it_was_written(wording: Wording, kind: DocumentKind) -> None:
    letter = LetterFile(kind, "en_GB", wording)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Zoë’s letter.revletter"
        letter_files.write(path, letter)
        read = letter_files.read(path)
    # What is typed is normalised when it is taken in.
    again = LetterFile(kind, "en_GB", read.wording)
    assert read == again
    assert [block.lines for block in read.wording.blocks] == [
        block.lines for block in _normalised(wording).blocks
    ]


def _normalised(wording: Wording) -> Wording:
    import unicodedata

    blocks = (
        Written(
            block.kind,
            tuple(unicodedata.normalize("NFC", line) for line in block.lines),
            block.when,
            block.unless,
            block.rows,
            block.count,
        )
        for block in wording.blocks
    )
    return Wording(wording.title, tuple(blocks))


def stored(**changes: object) -> str:
    return json.dumps(
        {"format": "RevMentor letter", "version": 1, "kind": "agreement", "language": "en_GB",
         "title": "Agreement", "blocks": [{"text": "Hello"}]} | changes
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is not a RevMentor template file"),
        ("[" * 100_000, "is not a RevMentor template file"),
        ("{}", "is not a RevMentor template file"),
        (stored(version=2), "newer version"),
        (stored(kind="poem"), "does not know"),
        (stored(kind={"a": 1}), "does not know"),
        (stored(language=None), "does not know"),
        (stored(blocks=None), "cannot be read"),
        (stored(blocks=[{"kind": "script"}]), "no block called “script”"),
        (stored(blocks=[{"text": "{{mentr.name}}"}]), "Did you mean “mentor.name”"),
        (stored(blocks=[{"text": "{{reader.name}}"}]), "not known on this document"),
        (stored(blocks=[{"text": "x", "when": "import os"}]), "no field “import os”"),
        (stored(title="x" * MOST_BYTES), "too large"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "bad.revletter"
    path.write_text(text, "utf-8")
    with pytest.raises(UserError, match=words):
        letter_files.read(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        letter_files.read(tmp_path / "none.revletter")

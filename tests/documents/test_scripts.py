"""Scripts: each drawn by its own font, in its own order, and found again as text."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pikepdf
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from revmentor_desktop import resources
from revmentor_desktop.documents import fonts, lines, shaping
from tests.documents import papers

CLUSTERS = ("a", "Z", "5", " ", "-", ".", "(", "،", "א", "ב", "م", "ح", "п", "Ж", "क्षा", "ê", "ử",
            "x\u0302", "\u00a0", "م\u200d", "\n", "longer", "الكتاب")  # fmt: skip
SAMPLES = st.lists(st.sampled_from(CLUSTERS), max_size=30).map("".join)


def plain(text: str) -> str:
    """Text as a search finds it: presentation forms and blanks folded."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize("script", papers.SCRIPTS)
def test_a_name_of_any_script_is_found_everywhere_on_the_page(script: str) -> None:
    name = papers.SCRIPTS[script]
    data = papers.printed(papers.scripts())
    if script in ("Arabic", "Hebrew"):
        # PDFium guesses the order of right-to-left words by how many there are on the line.
        texts = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    else:
        texts = papers.pages_text(data)
    assert plain(" ".join(texts)).count(name) >= 3, f"{script}: paragraph, cell and card"


def test_arabic_letters_join_and_run_to_the_left() -> None:
    font = fonts.font_name("NotoSansArabic", False, False)
    shaped = shaping.shape("محمد", font, True)
    assert [glyph.char for glyph in shaped.glyphs] == ["ﺪ", "ﻤ", "ﺤ", "ﻣ"]
    (line,) = lines.lines(lines.words("Dear محمد العلي, hello"), 400, 10)
    assert [bit.text for bit in line.bits if bit.shaped] == ["العلي", "محمد"]


def test_devanagari_conjuncts_are_one_glyph() -> None:
    font = fonts.font_name("NotoSansDevanagari", False, False)
    assert len(shaping.shape("क्ष", font, False).glyphs) == 1
    assert len(shaping.shape("प्रि", font, False).glyphs) < 4


def test_a_mark_without_a_letter_of_its_own_is_placed_over_its_letter() -> None:
    (run,) = fonts.runs("x\u0302")
    assert run.shaped
    glyphs = shaping.shape(run.text, run.font, False).glyphs
    assert len(glyphs) == 2
    assert glyphs[1].advance == 0


def test_a_blank_is_drawn_by_a_font_that_has_one() -> None:
    assert [run.text for run in fonts.runs("☐\u00a0in person")] == ["☐", "\u00a0in person"]
    (line,) = lines.lines(lines.words("☐   ☐"), 200, 10)
    assert [(bit.text, bit.font) for bit in line.bits] == [
        ("☐", "NotoSansSymbols2-Regular"), ("   ", "NotoSans-Regular"),
        ("☐", "NotoSansSymbols2-Regular"),
    ]  # fmt: skip


def test_a_passage_begins_on_the_right_and_a_name_stays_where_it_is() -> None:
    passage = " ".join(["محمد العلي"] * 30)
    assert all(line.to_left for line in lines.lines(lines.words(passage), 300, 10))
    (line,) = lines.lines(lines.words("محمد العلي"), 300, 10)
    assert not line.to_left


@given(SAMPLES, st.floats(20, 400))
def test_no_letter_is_lost_and_no_line_is_too_wide(text: str, width: float) -> None:
    made = lines.lines(lines.words(text), width, 10)
    drawn = sorted("".join(bit.text for line in made for bit in line.bits).replace(" ", ""))
    assert drawn == sorted("".join(fonts.prepared(text).replace("\n", " ").split(" ")))
    for line in made:
        one_letter = len("".join(bit.text for bit in line.bits)) <= len("क्षा")
        assert line.width * 10 <= width * 1.1 or one_letter


def test_every_font_is_embedded() -> None:
    data = papers.printed(papers.every_block(), papers.scripts(), *papers.shipped())
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert not pdf.check_pdf_syntax()
        objects = (obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary))
        found = [obj for obj in objects if obj.get("/Type") == "/Font"]
        names = {str(font.BaseFont).split("+")[-1].split("-")[0] for font in found}
        assert all("/FontFile2" in font.FontDescriptor for font in found)
    assert names == set(fonts.FAMILIES)


def test_an_added_font_draws_what_the_bundled_ones_cannot(tmp_path: Path) -> None:
    """In a process of its own, as fonts are looked for once."""
    (tmp_path / "fonts").mkdir()
    borrowed = resources.path("fonts", "Inter-Regular.ttf")
    shutil.copy(borrowed, tmp_path / "fonts" / "Borrowed_400Regular.ttf")
    code = (
        "from tests.documents import papers\n"
        "data = papers.printed(papers.entry([{'text': 'Dear **{{mentor.name}}**'}],"
        " papers.values(mentor__name='฿')))\n"
        "assert '฿' in papers.pages_text(data)[0]\n"
    )
    for folder, expected in ((tmp_path, 0), (tmp_path / "empty", 1)):
        finished = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False,
            env=os.environ | {"REVMENTOR_DATA_DIR": str(folder)}, cwd=Path(__file__).parents[2],
        )  # fmt: skip
        assert finished.returncode == expected, finished.stderr
    assert "has characters that cannot be printed" in finished.stderr


def test_a_broken_added_font_is_named(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "bad.ttf").write_bytes(b"not a font")
    code = "from revmentor_desktop.documents import fonts; fonts.undrawable('李')"
    finished = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False,
        env=os.environ | {"REVMENTOR_DATA_DIR": str(tmp_path)}, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert "UserError: The font “bad.ttf” in" in finished.stderr

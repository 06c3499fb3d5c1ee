"""Pages as they were when somebody last looked at them; ``make pictures`` draws them anew."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageChops

from revmentor_desktop.documents.labels import write_labels
from revmentor_desktop.documents.preview import PdfPages
from tests.documents import papers

FOLDER = Path(__file__).resolve().parents[1] / "files" / "pages"
SCALE = 0.7
TOLERANCE = 0.002
"""The share of dots that may differ: another PDFium draws edges a little differently."""


LETTER: list[dict[str, object]] = [
    {"kind": "address", "lines": ["{{reader.name}}", "8 Mill Lane", "Otherton OT1 4LH"]},
    {"kind": "heading", "text": "Your partner in {{programme.name}}"},
    {"text": "Dear {{reader.call_name}},"},
    {"text": "Thank you for taking part in **{{programme.name}}**. You will be the {{mentor.word}} "
             "of **{{partner.name}}**, who would like to see the house through your eyes."},
    {"text": "**What you bring**"},
    {"kind": "bullets", "lines": ["{{mentor.brings}}"]},
    {"text": "Either of you may stop at any time without giving a reason."},
    {"kind": "signatures", "lines": ["{{coordinator.name}}"]},
]  # fmt: skip


def shown(data: bytes) -> list[Image.Image]:
    """Pages as small grey pictures."""
    pages = PdfPages(data)
    try:
        made = []
        for at in range(pages.count):
            one = pages.render(at, SCALE)
            size = (one.width, one.height)
            made.append(Image.frombytes("RGBX", size, one.pixels, "raw", "BGRX", one.stride))
        return [picture.convert("L") for picture in made]
    finally:
        pages.close()


def drawn() -> Iterator[tuple[str, bytes]]:
    """What is kept as pictures, by name."""
    yield "every block", papers.printed(papers.every_block())
    yield "scripts", papers.printed(papers.scripts())
    for name, head in papers.heads().items():
        yield f"letter {name}", papers.printed(papers.entry(LETTER), on=head)
    file = io.BytesIO()
    names = [(name, "12 Quayside", "Port Avon PA1 2QX") for name in papers.SCRIPTS.values()]
    write_labels(file, names, "Avery L7160", papers.head(), "Labels", 2)
    yield "labels", file.getvalue()


def test_pages_look_as_they_did() -> None:
    FOLDER.mkdir(exist_ok=True)
    wrong = []
    for name, data in drawn():
        for number, picture in enumerate(shown(data), start=1):
            kept = FOLDER / f"{name.replace(' ', '-')}-{number}.png"
            if os.environ.get("REVMENTOR_PICTURES") == "new":
                picture.quantize(16).save(kept, optimize=True)
            elif not kept.exists():
                wrong.append(f"{kept.name} is missing")
            elif difference := _difference(picture, kept):
                wrong.append(f"{kept.name}: {difference}")
    assert not wrong, "\n".join(wrong)


def _difference(picture: Image.Image, kept: Path) -> str:
    with Image.open(kept) as opened:
        before = opened.convert("L")
    if before.size != picture.size:
        return f"{picture.size} instead of {before.size}"
    gap = ImageChops.difference(picture, before).histogram()
    share = sum(gap[40:]) / (picture.width * picture.height)
    return f"{share:.2%} of the dots differ" if share > TOLERANCE else ""


def test_another_sentence_is_seen(tmp_path: Path) -> None:
    """The negative control: the tolerance is not so wide that nothing shows."""
    entries = [papers.entry([{"text": text}]) for text in ("Dear Amara,", "Dear Amara, " * 5)]
    (before,), (after,) = (shown(papers.printed(entry)) for entry in entries)
    kept = tmp_path / "kept.png"
    before.quantize(16).save(kept)
    assert not _difference(before, kept)
    assert "of the dots differ" in _difference(after, kept)

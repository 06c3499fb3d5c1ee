"""What letters cost against a raw ReportLab canvas and LibreOffice, in one run.

Run: python tests/benchmarks/documents.py [LETTERS [ROUNDS]] (500, 3). Each contender writes the
same letters of two pages (logo, five paragraphs, a six-row table, page numbers) in a process of its
own; CPU seconds and peak memory are that process's and its children's, whole, from its start; the
medians are compared. LibreOffice is left out, with a word, where it or python-docx is missing.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
SENTENCES = (
    "Thank you for taking part; this letter tells you whom you will meet, why the two of you, and "
    "what happens next. ",
    "You will be the mentor of somebody who works elsewhere in the house and would like to see it "
    "through your eyes for a while. ",
    "What helps most is to be curious, to say openly what is new, and to tell the other one what "
    "you did with it afterwards. ",
    "Nobody expects an answer to everything: honest questions and a view of your own are what your "
    "partner hopes for. ",
)
PARAGRAPHS = tuple("".join(SENTENCES[(n + at) % 4] for at in range(4)) for n in range(5))
ROWS = tuple((f"{n * 10} minutes", f"Step {n}", "What the two of you do then, together")
             for n in range(1, 7))  # fmt: skip


def names(number: int) -> tuple[str, str]:
    """A mentor and a mentee."""
    return f"Amara Nwosu the {number}th", f"Peter Lindqvist-Öberg {number}"


def logo() -> bytes:
    """A PNG as organisations have it."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGBA", (300, 120), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((10, 10, 110, 110), fill="#0F6E66")
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def raw(target: Path, letters: int) -> None:
    """The floor: a canvas, simpleSplit and the same fonts; nothing can be edited."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader, simpleSplit
    from reportlab.pdfgen.canvas import Canvas

    from revmentor_desktop.documents import fonts

    plain, bold = (fonts.font_name("NotoSans", heavy, False) for heavy in (False, True))
    canvas = Canvas(str(target), pagesize=A4, pageCompression=1, initialFontName=plain)
    picture = ImageReader(io.BytesIO(logo()))
    _width, height = A4

    def head(page: int) -> None:
        canvas.drawImage(picture, 71, height - 90, 100, 40, mask="auto")
        canvas.setFont(bold, 11)
        canvas.drawString(180, height - 70, "Lindenhof Museum")
        canvas.line(71, height - 96, 496, height - 96)
        canvas.setFont(plain, 8)
        canvas.drawRightString(496, 34, f"Page {page} of 2")

    for number in range(letters):
        mentor, mentee = names(number)
        head(1)
        canvas.setFont(bold, 16)
        canvas.drawString(71, height - 140, f"Your partner, {mentee}")
        canvas.setFont(plain, 10.5)
        y = height - 175.0
        for text in (f"Dear {mentor},", *(f"{text}{mentee}." for text in PARAGRAPHS)):
            for line in simpleSplit(text, plain, 10.5, 425):
                canvas.drawString(71, y, line)
                y -= 15
            y -= 10
        canvas.showPage()
        head(2)
        canvas.setFont(plain, 9.5)
        y = height - 120.0
        for row in (("When", "What", mentor), *ROWS):
            for x, cell in zip((71, 171, 271), row, strict=True):
                canvas.drawString(x, y, cell)
            canvas.line(71, y - 5, 496, y - 5)
            y -= 24
        canvas.line(71, 500, 280, 500)
        canvas.drawString(71, 486, "Ruth Adeyemi")
        canvas.showPage()
    canvas.save()


def ours(target: Path, letters: int, tagged: bool) -> None:
    """The same letters from a template."""
    from revmentor_desktop.documents.pack import Entry, Sheet, write_pack
    from revmentor_desktop.domain import templates
    from revmentor_desktop.services.letters import Letterhead

    head = Letterhead("Lindenhof Museum", "", "", logo(), "#0F6E66", "A4", "en_GB")
    blocks: list[dict[str, object]] = [
        {"kind": "heading", "text": "Your partner, {{partner.name}}"},
        {"text": "Dear {{reader.name}},"},
        *({"text": text + "{{partner.name}}."} for text in PARAGRAPHS),
        {"kind": "pagebreak"},
        {"kind": "table", "lines": ["**When**|**What**|**{{reader.name}}**",
                                    *("|".join(row) for row in ROWS)]},
        {"kind": "signatures", "lines": ["Ruth Adeyemi"]},
    ]  # fmt: skip
    document = templates.load(json.dumps({"title": "Letter", "blocks": blocks}))
    entries = []
    for number in range(letters):
        mentor, mentee = names(number)
        values = {"reader.name": mentor, "partner.name": mentee}
        entries.append(Entry(f"P{number} {mentor}", f"P{number}", [Sheet("L", document, values)]))
    with target.open("wb") as file:
        write_pack(file, entries, head, "Letters", tagged=tagged)


def libreoffice(target: Path, letters: int) -> None:
    """One merged docx, converted without a window."""
    from docx import Document  # type: ignore[import-not-found]
    from docx.enum.text import WD_BREAK  # type: ignore[import-not-found]

    document = Document()
    picture = io.BytesIO(logo())
    for number in range(letters):
        mentor, mentee = names(number)
        picture.seek(0)
        document.add_picture(picture, height=508_000)
        document.add_heading(f"Your partner, {mentee}", 1)
        for text in (f"Dear {mentor},", *(f"{text}{mentee}." for text in PARAGRAPHS)):
            document.add_paragraph(text)
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        table = document.add_table(0, 3)
        for row in (("When", "What", mentor), *ROWS):
            cells = table.add_row().cells
            for cell, text in zip(cells, row, strict=True):
                cell.text = text
        document.add_paragraph("Ruth Adeyemi").add_run().add_break(WD_BREAK.PAGE)
    source = target.with_suffix(".docx")
    document.save(str(source))
    profile = f"-env:UserInstallation=file://{target.parent}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir",
               str(target.parent), str(source)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)


def one(kind: str, target: Path, letters: int) -> None:
    """Write with one contender, then print its CPU seconds and peak memory."""
    {
        "raw": raw,
        "plain": lambda place, count: ours(place, count, False),
        "tagged": lambda place, count: ours(place, count, True),
        "libreoffice": libreoffice,
    }[kind](target, letters)
    own, kids = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    seconds = own.ru_utime + own.ru_stime + kids.ru_utime + kids.ru_stime
    print(json.dumps([seconds, max(own.ru_maxrss, kids.ru_maxrss) / 1024]))


def measured(kind: str, folder: Path, letters: int, python: str) -> tuple[float, float, float]:
    """CPU seconds, peak MB and the file's MB."""
    target = folder / f"{kind}.pdf"
    command = [python, __file__, "--one", kind, str(target), str(letters)]
    finished = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, memory = json.loads(finished.stdout.splitlines()[-1])
    return seconds, memory, target.stat().st_size / 1e6


def missing(python: str) -> str:
    """What LibreOffice's part of the benchmark lacks."""
    if shutil.which("soffice") is None:
        return "libreoffice-writer-nogui (Debian)"
    has = subprocess.run([python, "-c", "import docx, PIL"], capture_output=True, check=False)
    return "python-docx (PyPI)" if has.returncode else ""


def cancel_after(letters: int) -> float:
    """How many letters' time passes between Cancel, at the worst moment, and the end."""
    from revmentor_desktop.domain.errors import Cancelled

    times: list[float] = []

    def progress(done: int, _total: int) -> None:
        times.append(time.process_time())
        if done == letters // 2:
            raise Cancelled

    with tempfile.TemporaryDirectory() as folder:
        try:
            _cancelled(Path(folder, "a.pdf"), letters, progress)
        except Cancelled:
            stopped = time.process_time()
    each = (times[-1] - times[0]) / (len(times) - 1)
    return (stopped - times[-2]) / each


def _cancelled(target: Path, letters: int, progress: object) -> None:
    from revmentor_desktop.documents import pack

    whole = pack.write_pack

    def watched(*args: object, **more: object) -> int:
        return whole(*args, progress=progress, **more)  # type: ignore[arg-type]

    pack.write_pack = watched
    try:
        ours(target, letters, True)
    finally:
        pack.write_pack = whole


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("letters", nargs="?", type=int, default=500)
    parser.add_argument("rounds", nargs="?", type=int, default=3)
    parser.add_argument("--docx-python", default=sys.executable,
                        help="a Python that has python-docx and Pillow")  # fmt: skip
    parser.add_argument("--one", nargs=3)
    options = parser.parse_args()
    if options.one:
        kind, target, letters = options.one
        one(kind, Path(target), int(letters))
        return
    found: dict[str, list[tuple[float, float, float]]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for _round in range(options.rounds):
            for kind in ("raw", "plain", "tagged"):
                found.setdefault(kind, []).append(
                    measured(kind, folder, options.letters, sys.executable)
                )
            found.setdefault("four times", []).append(
                measured("tagged", folder, options.letters * 4, sys.executable)
            )
        if absent := missing(options.docx_python):
            print(f"LibreOffice is left out: {absent} is not installed")
        else:
            found["libreoffice"] = [
                measured("libreoffice", folder, options.letters, options.docx_python)
            ]
    report(found, options.letters)


def report(found: dict[str, list[tuple[float, float, float]]], letters: int) -> None:
    """Print the medians and the ratios."""
    middle = {kind: [statistics.median(column) for column in zip(*rows, strict=True)]
              for kind, rows in found.items()}  # fmt: skip
    for kind, (seconds, memory, size) in middle.items():
        print(f"{kind:12} {seconds:7.2f} s CPU  {memory:6.0f} MB peak  {size:6.2f} MB file")
    floor, tagged = middle["raw"], middle["tagged"]
    print(f"plain / raw canvas: {middle['plain'][0] / floor[0]:.2f}x (target 1.8)")
    print(f"tagged / raw canvas: {tagged[0] / floor[0]:.2f}x (target 3.0)")
    print(f"file, tagged / raw: {tagged[2] / floor[2]:.2f}x (target 1.3)")
    print(f"peak memory, tagged / raw: {tagged[1] / floor[1]:.2f}x (target 4)")
    print(f"{letters * 4} letters / {letters}: {middle['four times'][0] / tagged[0]:.2f}x (4.4)")
    if "libreoffice" in middle:
        print(f"LibreOffice / tagged: {middle['libreoffice'][0] / tagged[0]:.1f}x (target 10)")
    print(f"cancel takes the time of {cancel_after(100):.1f} letters (target 5)")


if __name__ == "__main__":
    os.environ.setdefault("REVMENTOR_DATA_DIR", tempfile.gettempdir())
    main()

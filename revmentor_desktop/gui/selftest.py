"""The frozen program's check of itself: every late import, a PDF, a file, a window."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path

LAZY_MODULES = (
    "arabic_reshaper",
    "babel.dates",
    "babel.numbers",
    "bidi.algorithm",
    "charset_normalizer",
    "dateutil.rrule",
    "defusedxml.ElementTree",
    "filelock",
    "icalendar",
    "numpy",
    "openpyxl",
    "pikepdf",
    "platformdirs",
    "pypdf",
    "pypdfium2",
    "python_calamine",
    "rapidfuzz.fuzz",
    "rapidfuzz.process",
    "reportlab.graphics.shapes",
    "reportlab.platypus",
    "_rl_accel",
    "scipy.optimize",
    "scipy.sparse.csgraph",
    "sqlalchemy.orm",
    "sqlcipher3.dbapi2",
    "uharfbuzz",
    "zxingcpp",
)
SENTENCE = "Ines and Zoë meet on 3 March"


def selftest() -> int:
    """Run every check, print a line for each; 0 where all passed, 1 otherwise."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    checks: tuple[Callable[[], str], ...] = (
        import_lazy_modules,
        find_resources,
        write_and_read_sheet,
        assign_people,
        write_and_read_pdf,
        create_and_reopen_file,
        read_list_apart,
        draw_logo_apart,
        show_sample_and_print_its_pack,
    )
    passed = [is_passed(check) for check in checks]
    print(f"{sum(passed)} passed, {len(passed) - sum(passed)} failed")
    return 0 if all(passed) else 1


def is_passed(check: Callable[[], str]) -> bool:
    """Any failure is reported, whatever its kind: that is what a self-test is for."""
    name = check.__name__.replace("_", " ")
    try:
        print(f"ok      {name}: {check()}", flush=True)
    except Exception as failure:
        print(f"FAILED  {name}: {type(failure).__name__}: {failure}", flush=True)
        return False
    return True


def import_lazy_modules() -> str:
    for module in LAZY_MODULES:
        import_module(module)
    return f"{len(LAZY_MODULES)} modules"


def find_resources() -> str:
    from revmentor_desktop import resources

    needed = ("fonts/NotoSans-Regular.ttf", "icons/revmentor.svg", "licences/index.json")
    for name in needed:
        if not resources.path(*name.split("/")).stat().st_size:
            raise FileNotFoundError(name)
    return f"{len(needed)} files"


def write_and_read_sheet() -> str:
    import openpyxl
    import python_calamine
    from charset_normalizer import from_bytes
    from rapidfuzz.fuzz import ratio

    book = openpyxl.Workbook()
    book.active.append(["Name", SENTENCE])
    target = io.BytesIO()
    book.save(target)
    target.seek(0)
    rows = python_calamine.CalamineWorkbook.from_filelike(target).get_sheet_by_index(0).to_python()
    guess = from_bytes((SENTENCE * 5).encode("utf-8")).best()
    if rows != [["Name", SENTENCE]] or guess is None or ratio("mentor", "mentor") != 100:
        raise ValueError("the sheet differs from what was written")
    return f"{len(target.getvalue())} bytes"


def assign_people() -> str:
    import numpy
    from scipy.optimize import linear_sum_assignment

    scores = numpy.array([[1.0, 5.0], [2.0, 4.0]])
    chosen = [int(column) for column in linear_sum_assignment(scores, maximize=True)[1]]
    if chosen != [1, 0]:
        raise ValueError("the assignment is not the best one")
    return "2 of 2"


def write_and_read_pdf() -> str:
    import pypdfium2
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    from revmentor_desktop import resources

    font = "SelftestNotoSans"
    pdfmetrics.registerFont(TTFont(font, str(resources.path("fonts", "NotoSans-Regular.ttf"))))
    target = io.BytesIO()
    canvas = Canvas(target, initialFontName=font)
    canvas.drawString(72, 700, SENTENCE)
    canvas.save()
    document = pypdfium2.PdfDocument(target.getvalue())
    try:
        read = document[0].get_textpage().get_text_range()
    finally:
        document.close()
    if SENTENCE not in read:
        raise ValueError("the text of the page differs from what was written")
    return f"{len(target.getvalue())} bytes"


def create_and_reopen_file() -> str:
    from revmentor_desktop.store.workspace import Workspace

    with tempfile.TemporaryDirectory() as folder:
        path, data_dir = Path(folder, "Selftest.revmentor"), Path(folder, "data")
        first = Workspace.create(path, clock=datetime.now, data_dir=data_dir)
        uuid = first.file_uuid
        first.close()
        second = Workspace.open(path, clock=datetime.now, data_dir=data_dir)
        try:
            if second.file_uuid != uuid:
                raise ValueError("the file is not the one that was written")
        finally:
            second.close()
        return f"{path.stat().st_size} bytes"


def read_list_apart() -> str:
    """A staff list through the worker process, which a frozen program must start anew."""
    from revmentor_desktop.exchange import columns, sheets, worker

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "Staff.csv")
        path.write_text("Name;Team\nZoë Łuczak;Red\nBo Birch;Blue\n", "utf-8")
        try:
            sheet = worker.run_untrusted(sheets.read_sheet, path)
        finally:
            worker.stop()
    if len(sheet.rows) != 2 or len(columns.propose_mapping(sheet)) != 2:
        raise ValueError("the list was read differently from how it was written")
    return f"{len(sheet.rows)} people"


def draw_logo_apart() -> str:
    """A drawing with words in it through the worker, where Qt has no screen."""
    from revmentor_desktop.domain.errors import no_progress
    from revmentor_desktop.exchange import worker
    from revmentor_desktop.gui import picture_files

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "Logo.svg")
        path.write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20">'
            '<text y="15">Harbour</text></svg>', "utf-8"
        )  # fmt: skip
        try:
            png = picture_files.logo(str(path), no_progress)
        finally:
            worker.stop()
    return f"{len(png)} bytes"


def show_sample_and_print_its_pack() -> str:
    """The real window on the sample programme, and the pack of its pairs."""
    from revmentor_desktop.gui.main_window import TABS

    for _name, _title, _icon, where in TABS:
        import_module(f"revmentor_desktop.gui.{where.partition('.')[0]}")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["REVMENTOR_DATA_DIR"] = folder
        from revmentor_desktop.gui import picture

        drawn = [path for _what, path in picture.draw_sample()]
        sizes = [path.stat().st_size for path in drawn]
    if min(sizes) < 10_000:
        raise ValueError("nothing was drawn")
    return ", ".join(
        f"{path.suffix[1:]} {size:,} bytes" for path, size in zip(drawn, sizes, strict=True)
    )

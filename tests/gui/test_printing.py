"""Printing at the exact size, measured on what a PDF printer was sent."""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy
import pytest
from PySide6.QtGui import QPageRanges
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen.canvas import Canvas

from revmentor_desktop.documents.preview import PdfPages
from revmentor_desktop.domain.errors import Cancelled, UserError
from revmentor_desktop.gui import printing

POINT_MM = 25.4 / 72
A4, LETTER = (595.2756, 841.8898), (612.0, 792.0)
LINE = (60.0, 90.0, 420.0, 90.0)
"""A thin line in points from the lower left corner."""


@pytest.fixture
def printer(look: QApplication, tmp_path: Path) -> QPrinter:
    made = printing.new_printer("Pack", two_sided=False)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "printed.pdf"))
    return made


def drawing(*sizes: tuple[float, float]) -> PdfPages:
    return PdfPages(pdf(*sizes))


def pdf(*sizes: tuple[float, float]) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file)
    for size in sizes:
        canvas.setPageSize(size)
        canvas.setLineWidth(0.5)
        canvas.line(*LINE)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def printed(printer: QPrinter) -> PdfPages:
    return PdfPages(Path(printer.outputFileName()).read_bytes())


def ink(pages: PdfPages, at: int) -> tuple[float, float, float, float]:
    """The line's left and right end, its middle from the top, and how thick it is, in mm."""
    dots = 600 / 72
    picture = pages.render(at, dots, grey=True)
    shape = (picture.height, picture.stride)
    dark = numpy.frombuffer(picture.pixels, numpy.uint8).reshape(shape)[:, : picture.width] < 128
    rows, columns = numpy.flatnonzero(dark.any(axis=1)), numpy.flatnonzero(dark.any(axis=0))
    mm = POINT_MM / dots
    middle = (rows[0] + rows[-1] + 1) / 2
    return columns[0] * mm, (columns[-1] + 1) * mm, middle * mm, len(rows) * mm


@pytest.mark.parametrize("size", [A4, LETTER, (A4[1], A4[0])], ids=["A4", "Letter", "lying"])
def test_a_line_is_where_and_as_long_as_it_was_drawn(
    printer: QPrinter, size: tuple[float, float]
) -> None:
    pages = drawing(size)
    assert printing.print_pages(pages, printer) == 1
    result = printed(printer)
    assert result.sizes[0] == pytest.approx(size, abs=0.5)
    left, right, from_top, thick = ink(result, 0)
    assert left == pytest.approx(LINE[0] * POINT_MM, abs=0.2)
    assert right == pytest.approx(LINE[2] * POINT_MM, abs=0.2)
    assert from_top == pytest.approx((size[1] - LINE[1]) * POINT_MM, abs=0.2)
    assert thick < 0.4
    pages.close()
    result.close()


def test_a_pack_may_mix_papers(printer: QPrinter) -> None:
    pages = drawing(A4, LETTER, (A4[1], A4[0]))
    assert printing.print_pages(pages, printer) == 3
    result = printed(printer)
    for size, expected in zip(result.sizes, pages.sizes, strict=True):
        assert size == pytest.approx(expected, abs=0.5)
    pages.close()
    result.close()


def test_pages_copies_and_order_as_the_dialog_chose_them(printer: QPrinter) -> None:
    assert printing.pages_to_print(printer, 5) == [0, 1, 2, 3, 4]
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    ranges = QPageRanges()
    ranges.addRange(2, 3)
    ranges.addPage(5)
    printer.setPageRanges(ranges)
    assert printing.pages_to_print(printer, 5) == [1, 2, 4]
    printer.setCopyCount(2)
    assert printing.pages_to_print(printer, 5) == [1, 2, 4, 1, 2, 4]
    printer.setCollateCopies(False)
    assert printing.pages_to_print(printer, 5) == [1, 1, 2, 2, 4, 4]
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert printing.pages_to_print(printer, 5) == [4, 4, 2, 2, 1, 1]


def test_cancel_stops_at_the_next_page(printer: QPrinter) -> None:
    pages = drawing(A4, A4, A4)
    seen: list[int] = []

    def progress(done: int, _total: int) -> None:
        seen.append(done)
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        printing.print_pages(pages, printer, progress)
    assert seen == [0, 1]
    pages.close()


def test_a_file_that_is_printed_into_is_whole_or_the_old_one(
    printer: QPrinter, tmp_path: Path
) -> None:
    target = Path(printer.outputFileName())
    target.write_bytes(b"the old one")
    data = pdf(A4, A4)

    def progress(done: int, _total: int) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        printing.print_pdf(data, printer, progress)
    assert target.read_bytes() == b"the old one"
    assert printer.outputFileName() == str(target)
    assert printing.print_pdf(data, printer) == 2
    result = printed(printer)
    assert result.count == 2
    result.close()
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_file_that_cannot_be_replaced_is_told_in_words(printer: QPrinter, tmp_path: Path) -> None:
    target = Path(printer.outputFileName())
    target.mkdir()
    with pytest.raises(UserError, match="printed.pdf"):
        printing.print_pdf(pdf(A4), printer)
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_what_a_killed_program_left_is_removed(printer: QPrinter, tmp_path: Path) -> None:
    left = tmp_path / ".printed.pdf.1234abcd.part"
    left.write_bytes(b"a letter")
    os.utime(left, (0, 0))
    printing.print_pdf(pdf(A4), printer)
    assert not left.exists()


@pytest.mark.qt_log_ignore("returned false", "Returned false")
def test_a_printer_that_does_not_start_is_told_in_words(printer: QPrinter) -> None:
    printer.setOutputFileName("/nowhere/at/all.pdf")
    pages = drawing(A4)
    with pytest.raises(UserError, match="does not print"):
        printing.print_pages(pages, printer)
    pages.close()

"""Prints a PDF on a printer of the system at its exact size: the address stays in the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageRanges, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from revmentor_desktop.documents.preview import POINTS_TO_THE_INCH, PdfPages
from revmentor_desktop.domain.errors import Progress, UserError, no_progress
from revmentor_desktop.gui.page_images import as_image
from revmentor_desktop.i18n import _
from revmentor_desktop.store.atomic import part_of, sentence, sweep

FINEST = 300
"""Dots to the inch that a page is drawn with at most; text is sharp, and a page takes 35 MB."""
MANY_PAGES = 60
"""Above this the system's viewer is the better place to print: it sends text, not pictures."""


def new_printer(title: str, two_sided: bool) -> QPrinter:
    """The system's usual printer, for a job of that title."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setCreator("RevMentor")
    if two_sided:
        printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
    return printer


def ask(printer: QPrinter, pages: int, parent: QWidget) -> bool:
    """Let the system's dialog choose printer, pages, copies and sides."""
    dialog = QPrintDialog(printer, parent)
    options = QAbstractPrintDialog.PrintDialogOption
    dialog.setOptions(options.PrintToFile | options.PrintPageRange | options.PrintCollateCopies)
    dialog.setMinMax(1, pages)
    chosen = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return chosen


def print_pdf(data: bytes, printer: QPrinter, progress: Progress = no_progress) -> int:
    """Print a PDF; else as print_pages. A file that is printed into is whole, or the old one."""
    pages = PdfPages(data)
    try:
        if target := printer.outputFileName():
            return _print_file(pages, printer, Path(target).absolute(), progress)
        return print_pages(pages, printer, progress)
    finally:
        pages.close()


def _print_file(pages: PdfPages, printer: QPrinter, target: Path, progress: Progress) -> int:
    named = printer.outputFileName()
    part = part_of(target)
    printer.setOutputFileName(str(part))
    try:
        printed = print_pages(pages, printer, progress)
        sweep(part, target)
        part.replace(target)
    except OSError as fault:
        raise UserError(sentence(fault, target)) from fault
    else:
        return printed
    finally:
        printer.setOutputFileName(named)
        part.unlink(missing_ok=True)


def print_pages(pages: PdfPages, printer: QPrinter, progress: Progress = no_progress) -> int:
    """Print what was chosen of the pages; returns how many sheets' sides went to the printer.

    Raises UserError where the printer refuses. A cancel also takes back what was sent.
    """
    order = pages_to_print(printer, pages.count)
    _set_paper(printer, pages.sizes[order[0]] if order else (595.0, 842.0))
    painter = QPainter()
    if not order or not painter.begin(printer):
        raise UserError(
            _("“{printer}” does not print. See whether it is switched on, or choose another.")
            .format(printer=printer.printerName() or printer.outputFileName())
        )  # fmt: skip
    try:
        for done, at in enumerate(order):
            progress(done, len(order))
            if done and not _next_page(printer, pages.sizes[at]):
                raise UserError(_("The printer stopped. Look after it, and print again."))
            _draw(painter, printer, pages, at)
        progress(len(order), len(order))
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    return len(order)


def pages_to_print(printer: QPrinter, count: int) -> list[int]:
    """The pages (from 0) in the order of printing, as the dialog set it: pages, copies, order."""
    ranges = printer.pageRanges()
    if printer.printRange() is not QPrinter.PrintRange.PageRange or ranges.isEmpty():
        ranges = QPageRanges()
        ranges.addRange(1, count)
    chosen = [at for at in range(count) if ranges.contains(at + 1)]
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        chosen.reverse()
    # Where the printer makes the copies itself, it is sent one.
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        return chosen * copies
    return [at for at in chosen for _copy in range(copies)]


def _set_paper(printer: QPrinter, size: tuple[float, float]) -> None:
    """The paper of a page, to its edges: no margin of the printer moves or shrinks anything."""
    short, long = sorted(size)
    lying = size[0] > size[1]
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QSizeF(short, long), QPageSize.Unit.Point))
    printer.setPageOrientation(
        QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    )
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))


def _next_page(printer: QPrinter, size: tuple[float, float]) -> bool:
    _set_paper(printer, size)
    return printer.newPage()


def _draw(painter: QPainter, printer: QPrinter, pages: PdfPages, at: int) -> None:
    dots = printer.resolution()
    grey = printer.colorMode() is QPrinter.ColorMode.GrayScale
    picture = pages.render(at, min(FINEST, dots) / POINTS_TO_THE_INCH, grey)
    # The picture's last row and column are cut dots; its size is told by them, not by the page's.
    scale = dots / min(FINEST, dots)
    room = QRectF(0, 0, picture.width * scale, picture.height * scale)
    painter.drawImage(room, as_image(picture))

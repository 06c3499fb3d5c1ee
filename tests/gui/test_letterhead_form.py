"""The letterhead: pictures that can be trusted, a colour that can be read, an address in its
window, and a letter under it as it will be printed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from zlib import crc32

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from revmentor_desktop.domain.errors import UserError, no_progress
from revmentor_desktop.exchange import worker
from revmentor_desktop.gui import picture_files, printing
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.letterhead_form import LetterheadForm
from revmentor_desktop.gui.main_window import MainWindow
from revmentor_desktop.gui.picture_files import KEPT_SIDE, read_logo, read_signature, signature
from revmentor_desktop.services import letters, organisation

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
    '<rect width="20" height="20" fill="#0F6E66"/></svg>'
)


@pytest.fixture
def form(context: Context, show: Callable[[QWidget], None]) -> Iterator[LetterheadForm]:
    made = LetterheadForm(context)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    show(made)
    yield made
    made.close()


@pytest.fixture(scope="module", autouse=True)
def ended_worker() -> Iterator[None]:
    """One process for all pictures of this file."""
    yield
    worker.stop()


def picture(path: Path, width: int, height: int) -> Path:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#0F6E66"))
    assert image.save(str(path))
    return path


def scan(path: Path, paper: str = "#F2EFE8", ink: str = "#1C2A6B") -> Path:
    """A signature across the middle of a slightly yellow sheet."""
    image = QImage(800, 500, QImage.Format.Format_RGB32)
    image.fill(QColor(paper))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(ink), 6))
    painter.drawLine(200, 300, 500, 200)
    painter.drawLine(500, 200, 600, 280)
    painter.end()
    assert image.save(str(path))
    return path


def test_all_of_it_is_stored_as_one_step_and_is_there_again(
    form: LetterheadForm, context: Context, tmp_path: Path, qtbot: QtBot
) -> None:
    logo = read_logo(str(picture(tmp_path / "logo.jpg", 300, 90)))
    chosen = {
        "address": "Harbour House\n12 Quayside", "footer": "Registered in Hull",
        "accent": "#2B5DB8", "logo": logo, "signature": logo, "paper": "Letter",
        "envelope": "US #10", "shift_x": -3, "shift_y": 10,
    }  # fmt: skip
    for name, value in chosen.items():
        getattr(form, name).set_value(value)
    form.accept()
    assert not form.isVisible()
    head = context.read(letters.letterhead)
    assert {name: getattr(head, name) for name in chosen} == chosen
    assert LetterheadForm(context).values() == chosen
    context.undo_stack.undo()
    assert context.read(letters.letterhead).paper == "A4"
    assert context.read(letters.letterhead).logo is None


def test_the_letter_beside_follows_the_form(form: LetterheadForm, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: form.preview.count > 0, timeout=9000)
    size = form.preview.pages._images.pages.sizes[0]  # type: ignore[union-attr]
    assert round(size[1]) == 842
    form.paper.set_value("Letter")
    qtbot.waitUntil(
        lambda: round(form.preview.pages._images.pages.sizes[0][1]) == 792,  # type: ignore[union-attr]
        timeout=9000,
    )


def test_a_pale_colour_is_said_to_be_and_mended(form: LetterheadForm) -> None:
    form.accent.set_value("#5CC7B6")
    assert "Too pale to be read" in form.accent.advice
    form.accent.darken.click()
    assert form.accent.advice == ""
    assert form.accent.value() == "#3C8176"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("accent", "teal-ish", "must look like #0F6E66"),
        ("address", "1\n2\n3\n4\n5", "room for 4 lines"),
        ("paper", "A5", "not one of the choices"),
    ],
)
def test_refusals_stay_in_the_form_and_are_said_beside(
    form: LetterheadForm, field: str, value: str, words: str, qtbot: QtBot
) -> None:
    getattr(form, field).set_value(value)
    form.draw()
    assert words in form.preview.note
    form.accept()
    assert form.isVisible()
    assert words in form.error


def test_the_window_test_sheet_is_written(
    form: LetterheadForm, tmp_path: Path, said: list[tuple[str, bool]]
) -> None:
    assert not form.test_button.isEnabled()
    form.envelope.set_value("DIN 5008 B")
    assert form.test_button.isEnabled()
    form.write_test_sheet(tmp_path / "sheet.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "sheet.pdf")
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "actual size" in text
    assert said[-1] == ("Saved as sheet.pdf", False)
    form.envelope.set_value("none")
    form.write_test_sheet(tmp_path / "none.pdf")
    assert "with a window first" in form.error
    assert not (tmp_path / "none.pdf").exists()


def test_the_window_test_sheet_is_printed_at_its_size(
    form: LetterheadForm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "printed.pdf"

    def choose(printer: QPrinter, pages: int, parent: QWidget) -> bool:
        assert pages == 1
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        return True

    monkeypatch.setattr(printing, "ask", choose)
    form.print_test_sheet()
    assert "with a window first" in form.error
    form.envelope.set_value("UK DL")
    form.print_test_sheet()
    assert form.error == ""
    document = pypdfium2.PdfDocument(path)
    width, height = document.get_page_size(0)
    document.close()
    assert (round(width), round(height)) == (595, 842)


def test_everything_has_a_name_and_mnemonics_are_its_own(form: LetterheadForm) -> None:
    for field in (form.address, form.footer, form.paper, form.envelope, form.shift_x, form.shift_y):
        assert field.accessibleName()
    buttons = [one for one in form.findChildren(QAbstractButton) if one.isVisible()]
    names = [one.accessibleName() or one.text() for one in buttons]
    assert len(names) == len(set(names)), names


def test_it_opens_from_the_file_menu(
    open_window: MainWindow, dialog: Callable[[type], LetterheadForm]
) -> None:
    open_window.run_command("letterhead")
    form = dialog(LetterheadForm)
    form.footer.set_value("Registered in Hull")
    form.accept()
    assert open_window.context is not None
    assert open_window.context.read(organisation.settings)["footer"] == "Registered in Hull"


# Pictures


def test_pictures_are_read_away_from_the_window(
    form: LetterheadForm, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "logo.svg"
    path.write_text(SVG)
    form.logo.take(str(path))
    qtbot.waitUntil(lambda: bool(form.logo.value() or form.logo.error), timeout=30_000)
    assert form.logo.error == ""
    good = form.logo.value()
    assert good is not None
    image = QImage.fromData(good)
    assert (image.width(), image.height()) == (KEPT_SIDE, KEPT_SIDE // 2)
    assert image.pixelColor(300, 300) == QColor("#0F6E66")
    assert image.pixelColor(900, 300).alpha() == 0
    path.write_text(SVG.replace("<rect", "<image/><rect"))
    form.logo.take(str(path))
    qtbot.waitUntil(lambda: "a part called “image”" in form.logo.error, timeout=30_000)
    assert form.logo.value() == good
    form.logo.remove()
    assert form.logo.value() is None


def test_the_paper_of_a_signature_is_made_transparent_and_cut_off(tmp_path: Path) -> None:
    image = QImage.fromData(read_signature(str(scan(tmp_path / "scan.png"))))
    assert 395 < image.width() < 420
    assert 95 < image.height() < 120
    assert image.pixelColor(0, 0).alpha() == 0
    ink = max(
        (image.pixelColor(x, y) for x in range(image.width()) for y in range(0, image.height(), 4)),
        key=QColor.alpha,
    )
    assert ink.alpha() == 255
    assert ink.blue() > ink.red() + 40  # still the blue of the pen


@pytest.mark.parametrize("paper", ["#FFFFFF", "#1C2A6B"])
def test_a_sheet_without_a_signature_is_refused(tmp_path: Path, paper: str) -> None:
    path = scan(tmp_path / "empty.png", paper, paper)
    with pytest.raises(UserError, match="No signature is seen"):
        read_signature(str(path))


def test_a_large_logo_is_made_smaller(tmp_path: Path) -> None:
    image = QImage.fromData(read_logo(str(picture(tmp_path / "logo.png", 3000, 1500))))
    assert (image.width(), image.height()) == (KEPT_SIDE, KEPT_SIDE // 2)


def test_a_signature_on_a_whole_page_at_600_dots_is_taken(tmp_path: Path) -> None:
    page = QImage(4960, 7016, QImage.Format.Format_Grayscale8)
    page.fill(255)
    painter = QPainter(page)
    painter.setPen(QPen(QColor("black"), 30))
    painter.drawLine(600, 6000, 2600, 5600)
    painter.end()
    path = tmp_path / "page.png"
    page.save(str(path))
    image = QImage.fromData(signature(str(path), no_progress))
    assert 300 < image.width() < 400, "cut to what is written"
    with pytest.raises(UserError, match="4000 a side"):
        read_logo(str(path))


def test_what_a_camera_wrote_into_a_picture_is_not_kept(tmp_path: Path) -> None:
    path = picture(tmp_path / "logo.jpg", 300, 90)
    image = QImage(str(path))
    image.setText("Comment", "Taken by Ann Ash")
    image.save(str(path))
    assert b"Ann Ash" in path.read_bytes()
    assert QImage.fromData(read_logo(str(path))).text("Comment") == ""


@pytest.mark.parametrize("side", [13_000, 50_000])
def test_a_huge_logo_is_refused_before_it_is_decoded(tmp_path: Path, side: int) -> None:
    path = picture(tmp_path / "logo.png", 10, 10)
    data = bytearray(path.read_bytes())
    data[16:24] = side.to_bytes(4, "big") * 2
    data[29:33] = crc32(bytes(data[12:29])).to_bytes(4, "big")
    path.write_bytes(bytes(data))
    began = time.process_time()
    with pytest.raises(UserError, match=f"{side} x {side} pixels"):
        read_logo(str(path))
    assert time.process_time() - began < 0.5


def test_a_torn_picture_is_refused(tmp_path: Path) -> None:
    path = picture(tmp_path / "logo.png", 200, 200)
    path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(UserError, match="damaged"):
        read_logo(str(path))


@pytest.mark.parametrize("content", [b"", b"GIF89a\x01\x00\x01", b"%PDF-1.7", b"\x00" * 600])
def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "bad.png"
    bad.write_bytes(content)
    with pytest.raises(UserError, match="not a PNG, JPEG or SVG picture"):
        read_logo(str(bad))


@pytest.mark.parametrize(
    ("drawing", "words"),
    [
        (SVG.replace("<rect", "<g/><g"), "Nothing is seen"),
        (SVG.replace("0 0 40 20", "0 0 40000 1"), "far too long"),
        ("<svg xmlns='http://www.w3.org/2000/svg'/>", "damaged or empty"),
        ("<html></html>", "no SVG drawing"),
    ],
)
def test_a_drawing_that_is_none_is_refused(tmp_path: Path, drawing: str, words: str) -> None:
    path = tmp_path / "logo.svg"
    path.write_text(drawing)
    with pytest.raises(UserError, match=words):
        read_logo(str(path))


def test_a_drawing_that_is_never_done_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many shapes as are allowed, each over all of it: the worker is ended meanwhile."""
    path = tmp_path / "logo.svg"
    path.write_text(SVG.replace("<rect", '<circle r="40" opacity="0.5"/>' * 19_900 + "<rect"))
    monkeypatch.setattr(picture_files, "SECONDS", 2.0)
    began = time.monotonic()
    with pytest.raises(UserError, match="takes too long to read"):
        picture_files.logo(str(path), lambda done, total: None)
    assert time.monotonic() - began < 20


def test_a_drawing_never_loads_a_file(tmp_path: Path) -> None:
    secret = picture(tmp_path / "secret.png", 30, 30)
    path = tmp_path / "logo.svg"
    path.write_text(SVG.replace("<rect", f'<image href="{secret}" width="9" height="9"/><rect'))
    with pytest.raises(UserError, match="a part called “image”"):
        read_logo(str(path))

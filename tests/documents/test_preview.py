"""Pages as pictures: white ground, real size, and nothing after the PDF has been closed."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from revmentor_desktop.documents.preview import PdfPages
from revmentor_desktop.domain.errors import Cancelled

A4 = (595.2756, 841.8898)


def pdf(pages: int = 1, size: tuple[float, float] = A4) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size)
    for number in range(pages):
        canvas.drawString(72, 700, f"Page {number + 1}")
        canvas.rect(100, 100, 200, 50, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_a_page_is_drawn_on_white_at_the_scale_that_is_asked_for() -> None:
    pages = PdfPages(pdf(2))
    assert pages.count == 2
    assert pages.sizes[1] == pytest.approx(A4, abs=0.01)
    picture = pages.render(1, 2.0)
    assert (picture.width, picture.height) == (1191, 1684)
    assert len(picture.pixels) == picture.stride * picture.height
    assert picture.pixels[:3] == b"\xff\xff\xff"
    inside = (picture.height - 2 * 125) * picture.stride + 4 * 2 * 200
    assert picture.pixels[inside : inside + 3] == b"\x00\x00\x00"
    pages.close()


def test_grey_takes_a_byte_a_pixel() -> None:
    pages = PdfPages(pdf())
    picture = pages.render(0, 1.0, grey=True)
    assert picture.grey
    assert picture.stride < picture.width * 2
    pages.close()


def test_the_words_of_a_page_can_be_read_aloud() -> None:
    pages = PdfPages(pdf(2))
    assert "Page 2" in pages.text(1)
    pages.close()
    assert pages.text(1) == ""


def test_a_closed_pdf_draws_nothing_and_can_be_closed_twice() -> None:
    pages = PdfPages(pdf())
    pages.close()
    pages.close()
    with pytest.raises(Cancelled):
        pages.render(0, 1.0)

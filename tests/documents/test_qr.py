"""The code for a camera: read back from the page, at the size on paper."""

from __future__ import annotations

import zxingcpp
from PIL import Image

from revmentor_desktop.documents import qr
from revmentor_desktop.documents.preview import PdfPages
from tests.documents import papers

TOKEN = "RM1.P017.3.ABCDEFGHIJKLMNOP"


def test_the_code_on_the_page_is_read_and_printed_under_it() -> None:
    entry = papers.entry([{"kind": "heading", "text": "Log"}, {"kind": "qr", "text": TOKEN}])
    data = papers.printed(entry)
    pages = PdfPages(data)
    picture = pages.render(0, 2)
    pages.close()
    image = Image.frombytes("RGBX", (picture.width, picture.height), picture.pixels, "raw", "BGRX",
                            picture.stride)  # fmt: skip
    (found,) = zxingcpp.read_barcodes(image.convert("L"))
    assert found.text == TOKEN
    corners = found.position
    side = (corners.top_right.x - corners.top_left.x) / 2 / 72 * 25.4
    modules = len(qr._modules(TOKEN))
    assert abs(side - 25 * modules / (modules + 2 * qr.QUIET)) < 1
    assert TOKEN in papers.pages_text(data)[0]

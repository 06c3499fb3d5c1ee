"""Envelopes and labels: addresses stand where the window or the label is, to the millimetre."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest

from revmentor_desktop.documents.labels import SHEETS, write_labels
from revmentor_desktop.documents.pages import Paper
from revmentor_desktop.documents.window_sheet import window_test_sheet
from revmentor_desktop.documents.windows import WINDOWS, problems
from revmentor_desktop.domain.errors import UserError
from tests.documents import papers

MM = 72 / 25.4
ADDRESS = ("Zoë Łuczak", "Finance", "8 Mill Lane", "Otherton OT1 4LH")
BLOCKS: list[dict[str, object]] = [
    {"kind": "address", "lines": ["{{reader.name}}", "{{reader.department}}", *ADDRESS[2:]]},
    {"kind": "heading", "text": "Subject"},
]


def place(data: bytes, text: str, at: int = 0) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a text on the first page, in mm from the upper left corner.

    ``at``: which time it is found.
    """
    opened = pypdfium2.PdfDocument(data)
    try:
        page = opened[0]
        words = page.get_textpage()
        search = words.search(text, match_case=True)
        for _n in range(at + 1):
            found = search.get_next()
            assert found, f"{text} is not on the page {at + 1} times"
        start, count = found
        boxes = [words.get_charbox(n) for n in range(start, start + count)]
        boxes = [box for box in boxes if box[2] > box[0]]
        height = page.get_height()
        return (
            min(box[0] for box in boxes) / MM,
            (height - max(box[3] for box in boxes)) / MM,
            max(box[2] for box in boxes) / MM,
            (height - min(box[1] for box in boxes)) / MM,
        )
    finally:
        opened.close()


@pytest.mark.parametrize("envelope", WINDOWS)
@pytest.mark.parametrize("shift", [(0, 0), (4, -3)])
def test_every_line_of_the_address_is_in_the_window(envelope: str, shift: tuple[int, int]) -> None:
    window = WINDOWS[envelope]
    head = papers.head("Letter" if envelope == "US #10" else "A4", envelope, *shift)
    given = papers.values(reader__name=ADDRESS[0], reader__department=ADDRESS[1])
    data = papers.printed(papers.entry(BLOCKS, given), on=head)
    places = [place(data, text) for text in ADDRESS]
    left, top = window.x / MM + shift[0], window.y / MM + shift[1]
    assert all(left <= one[0] < left + 0.6 for one in places)
    assert min(one[1] for one in places) >= top - 0.2
    assert max(one[3] for one in places) <= top + window.height / MM
    assert max(one[2] for one in places) <= left + window.width / MM
    assert place(data, "Subject")[1] >= (window.hole[1] + window.hole[3]) / MM


def test_without_a_window_the_address_stands_above_the_text() -> None:
    data = papers.printed(papers.entry(BLOCKS, papers.values(reader__name=ADDRESS[0])))
    assert place(data, ADDRESS[0])[0] == pytest.approx(25, abs=0.5)
    assert place(data, ADDRESS[0])[1] < place(data, "Subject")[1]


def test_what_does_not_fit_the_window_is_said() -> None:
    head = papers.head(envelope="UK DL")
    assert problems(ADDRESS, head) == ()
    assert problems(ADDRESS * 2, head) == ("The address has 8 lines; the window shows 5.",)
    (long,) = problems(["x" * 90], head)
    assert "is too long for the window" in long
    assert problems(ADDRESS * 2, papers.head()) == ()


def test_the_test_sheet_shows_every_line_of_the_window_and_its_frame() -> None:
    for envelope, window in WINDOWS.items():
        file = io.BytesIO()
        window_test_sheet(file, papers.head("A4", envelope, 2, 1))
        (text,) = papers.pages_text(file.getvalue())
        assert text.count("of the address") == window.lines
        assert envelope in text
    with pytest.raises(UserError, match="Choose an envelope with a window"):
        window_test_sheet(io.BytesIO(), papers.head())


def labels(sheet: str, count: int, start: int = 1) -> bytes:
    file = io.BytesIO()
    addresses = [(f"Person {n:03d}", "Finance", "12 Quayside") for n in range(count)]
    write_labels(file, addresses, sheet, papers.head(), "Labels", start)
    return file.getvalue()


@pytest.mark.parametrize("name", SHEETS)
def test_each_label_is_in_its_field(name: str) -> None:
    form = SHEETS[name]
    each = form.across * form.down
    data = labels(name, each)
    assert len(papers.pages_text(data)) == 1
    for number in (0, 1, form.across, each - 1):
        row, column = divmod(number, form.across)
        left = (form.left + column * form.step_x) / MM
        top = (form.top + row * form.step_y) / MM
        found = place(data, f"Person {number:03d}")
        assert left + 4 < found[0] < found[2] < left + form.width / MM - 4
        assert top + 2 < found[1] < found[3] < top + form.height / MM - 2
    paper = Paper.named(form.paper)
    assert form.left + (form.across - 1) * form.step_x + form.width <= paper.width
    assert form.top + (form.down - 1) * form.step_y + form.height <= paper.height


def test_labels_begin_where_the_sheet_still_has_some() -> None:
    data = labels("Avery L7160", 21, start=8)
    first, second = papers.pages_text(data)
    assert first.count("Person") == 14
    assert second.count("Person") == 7
    assert place(data, "Person 000")[1] > 15.15 + 2 * 38.1
    with pytest.raises(UserError, match="Begin with one from 1 to 21"):
        labels("Avery L7160", 1, start=22)


def test_a_long_address_is_set_smaller_and_an_endless_one_is_refused(tmp_path: Path) -> None:
    file = io.BytesIO()
    long = (papers.LONG_NAME, "Department of Extraordinarily Long Names", "Harbour House, Building",
            "44 A Very Long Street Name", "Port Avon", "PA1 2QX", "United Kingdom")  # fmt: skip
    write_labels(file, [long], "Avery 5160", papers.head(), "Labels")
    for line in long:
        assert " ".join(line.split()) in " ".join(papers.pages_text(file.getvalue())[0].split())
    with pytest.raises(UserError, match="too long for this label"):
        write_labels(io.BytesIO(), [("x" * 5000,)], "Avery 5160", papers.head(), "Labels")
    with pytest.raises(UserError, match="has characters that cannot be printed"):
        write_labels(io.BytesIO(), [("李小龙",)], "Avery 5160", papers.head(), "Labels")

"""The pack: every value is on its page as text, the file is sound and the same each time."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from revmentor_desktop.documents import blocks, qr
from revmentor_desktop.documents.pack import Entry, Sheet, write_pack
from revmentor_desktop.documents.preview import PdfPages
from revmentor_desktop.domain import merging
from revmentor_desktop.domain.errors import Cancelled, UserError
from revmentor_desktop.domain.printed import DocumentKind
from tests.documents import papers


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text.replace("\ufffe", "-"))


def numbered(count: int) -> list[Entry]:
    """Small entries, each with a code of its own."""
    return [papers.entry([{"text": "Pair {{pair.code}}"}], papers.values(pair__code=f"P{n:03d}"),
                         f"P{n:03d}") for n in range(count)]  # fmt: skip


@pytest.mark.parametrize("kind", DocumentKind)
def test_every_value_of_a_shipped_document_is_on_its_page(kind: DocumentKind) -> None:
    name = f"{papers.LONG_NAME} {papers.SCRIPTS['Latin']} {papers.SCRIPTS['Vietnamese']}"
    names = {f"{who}__name": name for who in ("mentor", "mentee", "reader", "partner")}
    (entry,) = [one for one in papers.shipped(**names) if one.title == kind.value]
    (sheet,) = entry.sheets
    text = squeezed("".join(papers.pages_text(papers.printed(entry))))
    said = merging.said(sheet.document, sheet.values)
    assert said
    for field, value in said.items():
        for row in (value,) if isinstance(value, str) else value:
            for cell in (row,) if isinstance(row, str) else row:
                assert squeezed(cell) in text, field


def test_the_file_is_sound_and_the_same_each_time() -> None:
    entries = [papers.every_block(), *papers.shipped()]
    data = papers.printed(*entries)
    with pikepdf.open(io.BytesIO(data)) as opened:
        assert not opened.check_pdf_syntax()
        assert str(opened.docinfo["/Title"]) == "A pack"
    assert papers.printed(*entries) == data
    assert papers.printed(*reversed(entries)) != data


def test_each_entry_has_its_outline_and_each_document_counts_its_pages() -> None:
    given = papers.values()
    sheets = [Sheet(name, papers.document([{"text": name}]), given) for name in ("One", "Two")]
    both = [Entry("P007 Amara", "P007", sheets), Entry("Timeline", "", sheets[:1])]
    data = papers.printed(*both)
    opened = pypdfium2.PdfDocument(data)
    titles = [(entry.level, entry.get_title()) for entry in opened.get_toc()]
    opened.close()
    assert titles == [(0, "P007 Amara"), (1, "One"), (1, "Two"), (0, "Timeline")]
    texts = papers.pages_text(data)
    assert ["P007 · Page 1 of 1" in text for text in texts] == [True, True, False]
    assert "Page 1 of 1" in texts[2]


def test_page_two_has_a_running_head_and_no_letterhead() -> None:
    data = papers.printed(papers.entry([{"text": "Hello"}, {"kind": "pagebreak"}, {"text": "Ho"}]))
    first, second = papers.pages_text(data)
    assert "12 Quayside" in first
    assert "12 Quayside" not in second
    assert "Blocks" in second
    assert "Page 2 of 2" in second


def test_two_sided_printing_begins_each_document_on_a_front() -> None:
    file = io.BytesIO()
    assert write_pack(file, numbered(3), papers.head(), "A pack", duplex=True) == [2, 2, 2]
    texts = papers.pages_text(file.getvalue())
    assert [bool(text) for text in texts] == [True, False] * 3
    with pikepdf.open(file) as opened:
        assert not opened.check_pdf_syntax()


def test_letters_that_no_font_has_are_refused_before_anything_is_written() -> None:
    file = io.BytesIO()
    entry = papers.entry([{"text": "{{mentor.name}}"}], papers.values(mentor__name="李小龙"))
    with pytest.raises(UserError, match="P017: “李小龙” has characters"):
        write_pack(file, [entry], papers.head(), "A pack")
    with pytest.raises(UserError, match="The letterhead has characters"):
        write_pack(file, [papers.every_block()], papers.head(name="李"), "A pack")
    assert not file.getvalue()


def test_letter_paper_and_no_logo() -> None:
    head = replace(papers.head("Letter"), logo=None, signature=None)
    data = papers.printed(papers.every_block(), on=head)
    pages = PdfPages(data)
    assert pages.sizes[0] == pytest.approx((612, 792))
    pages.close()
    assert "Lindenhof Museum" in papers.pages_text(data)[0]


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "P", "1", "LA"])
def test_a_logo_of_any_kind_is_drawn(mode: str) -> None:
    file = io.BytesIO()
    Image.new("RGBA", (30, 12), "#0F6E66").convert(mode).save(file, "PNG")
    data = papers.printed(papers.every_block(), on=replace(papers.head(), logo=file.getvalue()))
    with pikepdf.open(io.BytesIO(data)) as opened:
        streams = (obj for obj in opened.objects if isinstance(obj, pikepdf.Stream))
        images = [one for one in streams if one.get("/Subtype") == "/Image"]
    assert images


def test_cancel_stops_between_two_entries_and_while_the_file_is_saved() -> None:
    seen: list[int] = []

    def after_one(done: int, total: int) -> None:
        seen.append(done)
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_pack(io.BytesIO(), numbered(3), papers.head(), "A pack", after_one)
    assert seen == [0, 1]

    calls: list[int] = []

    def count(done: int, total: int) -> None:
        calls.append(done)

    file = io.BytesIO()
    write_pack(file, numbered(60), papers.head(), "A pack", count)
    asked = calls.count(60)
    assert asked > 3, "it is asked while the file is saved"

    for stop_at in (1, asked // 2, asked - 1):
        left = [stop_at]

        def late(done: int, total: int, left: list[int] = left) -> None:
            left[0] -= done == total
            if not left[0]:
                raise Cancelled

        with pytest.raises(Cancelled):
            write_pack(io.BytesIO(), numbered(60), papers.head(), "A pack", late)


def test_a_preview_is_drawn_on_white() -> None:
    pages = PdfPages(papers.printed(papers.every_block()))
    picture = pages.render(0, 0.5)
    pages.close()
    assert picture.width == pytest.approx(595 / 2, abs=2)
    assert picture.pixels[:3] == b"\xff\xff\xff"
    assert len(set(picture.pixels)) > 10, "nothing was drawn"


LETTER: list[dict[str, object]] = [
    {"kind": "heading", "text": "A heading"},
    {"kind": "bullets", "lines": ["{{reasons}}"]},
    {"text": "**A lead**"},
    {"text": "The last paragraph, which a signature keeps with it wherever the page ends."},
    {"kind": "signatures", "lines": ["{{mentor.name}}"]},
]


@pytest.mark.parametrize("lines", range(28, 44, 3))
def test_a_signature_is_never_alone_and_no_lead_stands_at_the_foot(lines: int) -> None:
    reasons = tuple(f"Reason {number}" for number in range(lines))
    data = papers.printed(papers.entry(LETTER, papers.values(reasons=reasons)))
    texts = papers.pages_text(data)
    assert len(texts) <= 2
    assert "Amara Nwosu" in texts[-1]
    assert "The last paragraph" in texts[-1]
    assert "A lead" in texts[-1]


def test_a_sparse_last_page_is_saved_by_tightening() -> None:
    def pages(count: int) -> int:
        blocks: list[dict[str, object]] = [{"text": f"Paragraph {n}"} for n in range(count)]
        return len(papers.pages_text(papers.printed(papers.entry(blocks))))

    # At 25 points each, 26 fit on an A4 page; tightened to 18.25, 36.
    assert [pages(count) for count in (26, 30, 36, 40)] == [1, 1, 1, 2]


@pytest.mark.parametrize("envelope", ["none", "DIN 5008 B"])
def test_a_block_with_nothing_in_it_stops_no_pack(envelope: str) -> None:
    nothing = papers.values(programme__steps=(), mentor__name="")
    empty: list[dict[str, object]] = [
        {}, {"lines": [""]}, {"lines": ["|"]}, {"lines": ["{{mentor.name}}"]},
        {"rows": "programme.steps"},
    ]  # fmt: skip
    others: list[list[dict[str, object]]] = [
        [], [{"kind": "display", "text": ""}], [{"text": "Hello"}]
    ]  # fmt: skip
    entries = [
        papers.entry([*before, {"kind": kind, **block}], nothing)
        for kind in blocks.KINDS
        for block in empty
        for before in others
    ]
    data = papers.printed(*entries, on=papers.head(envelope=envelope), tagged=False)
    assert len(papers.pages_text(data)) >= len(entries)


def test_the_longest_qr_code_is_drawn_and_a_longer_one_refused() -> None:
    def coded(length: int) -> bytes:
        given = papers.values(programme__aims=("x " * length)[:length])
        block: dict[str, object] = {"kind": "qr", "text": "{{programme.aims}}"}
        return papers.printed(papers.entry([block], given))

    assert coded(qr.MOST_BYTES)
    with pytest.raises(UserError, match="too long for a QR code"):
        coded(qr.MOST_BYTES + 1)


def test_a_long_address_name_and_footer_keep_to_their_places() -> None:
    long = replace(
        papers.head(name="Kreisverwaltung Nordfriesland, Fachbereich Innere Dienste und Personal"),
        address="Kreisverwaltung Nordfriesland · Marktstraße 6 · 25813 Husum · "
        "Telefon 04841 67-0 · www.nordfriesland.example\nFax 04841 67-457",
        footer="Vereinsregister Amtsgericht Flensburg VR 1234 · Vorstand: Dr. Amara Okafor, Zoë "
        "Łuczak-Ågren · IBAN DE02 1203 0000 0000 2020 51 · BIC BYLADEM1001 · USt-IdNr. DE123456789 "
        "· Sitz der Verwaltung: Husum",
    )
    data = papers.printed(papers.entry([{"text": "Hello"}]), on=long)
    opened = pypdfium2.PdfDocument(data)
    text = opened[0].get_textpage()
    boxes = [
        (text.get_text_range(at, 1), *text.get_charbox(at))
        for at in range(text.count_chars())
        if text.get_text_range(at, 1).strip()
    ]
    words = text.get_text_range()
    opened.close()
    assert "Fachbereich" in words, "a name is not cut into letters"
    assert "USt-IdNr" in words
    height, mm = 841.9, 72 / 25.4
    for letter, left, bottom, right, top in boxes:
        in_head = bottom > height - 34 * mm - 1 and top < height - 10 * mm
        in_foot = top <= 22 * mm + 1
        hello = height - 50 * mm < bottom < height - 40 * mm
        assert in_head or in_foot or hello, letter
        assert 25 * mm - 1 <= left < right <= 210 * mm - 35 * mm + 1 or in_foot
    # And none overprints another.
    for one, (_a, left, bottom, right, top) in enumerate(boxes):
        for _b, x, y, end, upper in boxes[one + 1 :]:
            wide = min(right, end) - max(left, x)
            high = min(top, upper) - max(bottom, y)
            assert wide < 2 or high < 2

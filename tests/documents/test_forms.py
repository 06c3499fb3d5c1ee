"""A form keeps what is typed into it, says what its fields are, and is the same bytes each time."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pikepdf
import pypdf
import pypdfium2
import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from revmentor_desktop.documents.forms import write_session_form
from revmentor_desktop.domain import returns
from revmentor_desktop.domain.base import clean
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.services.forms import FormTopic
from tests import fillers

Filler = Callable[[bytes, Mapping[str, str]], bytes]
FILLERS: tuple[Filler, ...] = (
    fillers.fill_with_pypdf,
    fillers.fill_with_pikepdf,
    fillers.fill_with_pdfium,
)
BOTH = pytest.mark.parametrize("make", [fillers.session_pdf, fillers.interest_pdf])
INTEREST = {
    returns.offer_field(7): returns.TICKED,
    returns.level_field(7): "4",
    returns.want_field(10): returns.TICKED,
    returns.OTHER_OFFERS: fillers.AWKWARD,
    returns.half_day_field("tue am"): returns.TICKED,
    returns.half_day_field("fri pm"): returns.TICKED,
    returns.meeting_field("in person"): returns.TICKED,
    returns.KNOWN: "Ann\nBo",
    returns.AGREES: returns.TICKED,
}


@pytest.fixture(scope="module")
def blank() -> bytes:
    return fillers.session_pdf()


def widgets(data: bytes) -> Iterator[Any]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            yield from page.obj.get("/Annots", [])


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    said = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return re.sub(r"\s+", " ", said.replace("\ufffe", "-").replace("\u00a0", " "))


@pytest.mark.parametrize("fill", FILLERS)
def test_what_is_filled_in_is_read_back_exactly(fill: Filler, blank: bytes) -> None:
    expected = fillers.VALUES | {returns.TOKEN: fillers.session_form().token}
    assert fillers.read_back(fill(blank, fillers.VALUES)) == expected


@pytest.mark.parametrize("fill", FILLERS)
def test_the_interest_form_too(fill: Filler) -> None:
    expected = INTEREST | {returns.TOKEN: fillers.interest_form().token}
    assert fillers.read_back(fill(fillers.interest_pdf(), INTEREST)) == expected


def test_a_form_that_nobody_filled_in_says_only_which_it_is(blank: bytes) -> None:
    assert fillers.read_back(blank) == {returns.TOKEN: fillers.session_form().token}


def test_each_of_the_radio_buttons_can_be_chosen(blank: bytes) -> None:
    for state in ("held", "moved", "missed"):
        filled = fillers.fill_with_pdfium(blank, {returns.STATE: state})
        assert fillers.read_back(filled)[returns.STATE] == state


def test_a_choice_can_be_taken_back(blank: bytes) -> None:
    chosen = fillers.fill_with_pdfium(blank, {returns.MOVED_BY: "both"})
    assert fillers.read_back(chosen)[returns.MOVED_BY] == "both"
    taken_back = fillers.fill_with_pdfium(chosen, {returns.MOVED_BY: ""})
    assert returns.MOVED_BY not in fillers.read_back(taken_back)


def test_a_box_that_is_ticked_is_seen_to_be(blank: bytes) -> None:
    before = fillers.picture(blank)
    for name, value in ((returns.topic_field(8), "Yes"), (returns.STATE, "moved")):
        after = fillers.picture(fillers.fill_with_pypdf(blank, {name: value}))
        assert ImageChops.difference(before, after).getbbox() is not None


def test_what_is_typed_is_drawn_in_the_embedded_type(blank: bytes) -> None:
    filled = fillers.fill_with_pdfium(blank, {returns.CHANGE: "Grüße\nund mehr"})
    drawn = fillers.picture(filled, scale=2)
    box = ImageChops.difference(fillers.picture(blank, scale=2), drawn).getbbox()
    assert box is not None
    assert box[3] - box[1] > 30, "two lines"
    with pikepdf.open(io.BytesIO(filled)) as pdf:
        field = next(one for one in pdf.Root.AcroForm.Fields if str(one.T) == returns.CHANGE)
        fonts = field.AP.N.Resources.Font
        assert "/FontFile2" in fonts["/NotoSans"].FontDescriptor


@BOTH
def test_the_same_form_is_the_same_bytes(make: Callable[[], bytes]) -> None:
    assert make() == make()


@BOTH
def test_every_field_has_words_a_look_and_nothing_that_hinders(make: Callable[[], bytes]) -> None:
    data = make()
    seen = 0
    for widget in widgets(data):
        field = widget.get("/Parent", widget)
        flags = int(field.get("/Ff", 0))
        assert str(widget.TU), "no words for a screen reader"
        assert "/MaxLen" not in field
        assert not flags & 2, "required"
        if str(field.T) == returns.TOKEN:
            assert flags & 1
            assert int(widget.F) & 2
            continue
        seen += 1
        assert not flags & 1
        assert int(widget.F) == 4
        assert "/V" not in field or pikepdf.Name.Off == field.V
        look = widget.AP.N
        if pikepdf.Name.Btn == field.FT:
            assert pikepdf.Name.Off == widget.AS
            assert len(look) == 2
            assert "/Off" in look
        else:
            assert "/NotoSans" in str(field.DA)
            assert "/NotoSans" in look.Resources.Font
    assert seen > 20


@BOTH
def test_no_two_fields_of_text_share_the_picture_that_is_written_into(
    make: Callable[[], bytes],
) -> None:
    looks = [
        widget.AP.N.objgen for widget in widgets(make()) if "/DA" in widget and "/AP" in widget
    ]
    assert len(set(looks)) == len(looks) > 5


@BOTH
def test_no_script_no_flag_and_every_font_is_embedded(make: Callable[[], bytes]) -> None:
    with pikepdf.open(io.BytesIO(make())) as pdf:
        assert "/NeedAppearances" not in pdf.Root.AcroForm
        assert "/XFA" not in pdf.Root.AcroForm
        for number in range(1, len(pdf.objects) + 1):
            thing = pdf.get_object(number, 0)
            if not isinstance(thing, pikepdf.Dictionary):
                continue
            assert "/JS" not in thing
            assert "/AA" not in thing
            assert "/OpenAction" not in thing
            if thing.get("/Type") == "/Font" and "/FontDescriptor" in thing:
                assert "/FontFile2" in thing.FontDescriptor
            if thing.get("/Type") == "/Font" and thing.get("/Subtype") in ("/Type1", "/TrueType"):
                assert "/FontDescriptor" in thing
        assert not pdf.check_pdf_syntax()


def read_in_order(element: Any) -> Iterator[Any]:  # noqa: ANN401
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, pikepdf.Dictionary):
            continue
        if kid.get("/Type") == "/OBJR":
            yield element, kid.Obj
        elif "/S" in kid:
            yield from read_in_order(kid)


@BOTH
def test_the_fields_are_in_the_tree_in_the_order_of_the_page(make: Callable[[], bytes]) -> None:
    with pikepdf.open(io.BytesIO(make())) as pdf:
        root = pdf.Root.StructTreeRoot
        numbers = list(root.ParentTree.Nums)
        parents = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
        assert sorted(parents) == list(parents)
        places = []
        pages = [page.obj.objgen for page in pdf.pages]
        for element, widget in read_in_order(root):
            assert element.S == "/Form"
            assert parents[int(widget.StructParent)].objgen == element.objgen
            left, bottom, _right, top = (float(side) for side in widget.Rect)
            places.append((pages.index(widget.P.objgen), -(bottom + top) / 2, left))
        shown = [w for page in pdf.pages for w in page.Annots if not int(w.F) & 2]
        assert len(places) == len(shown)
        assert [page for page, _y, _x in places] == sorted(page for page, _y, _x in places)
        for one, next_one in zip(places, places[1:], strict=False):
            lower = next_one[1] > one[1] + 2
            to_the_right = abs(next_one[1] - one[1]) < 30 and next_one[2] > one[2]
            assert lower or to_the_right or next_one[0] > one[0], (one, next_one)
        assert all(page.obj.Tabs == "/S" for page in pdf.pages)


@BOTH
def test_no_field_covers_another_or_leaves_the_page(make: Callable[[], bytes]) -> None:
    document = pypdf.PdfReader(io.BytesIO(make()))
    for page in document.pages:
        boxes = [
            [float(side) for side in note.get_object()["/Rect"]]
            for note in page["/Annots"]
            if not int(note.get_object()["/F"]) & 2
        ]
        for at, (left, bottom, right, top) in enumerate(boxes):
            assert 0 < left < right < float(page.mediabox.width)
            assert 0 < bottom < top < float(page.mediabox.height)
            for other in boxes[:at]:
                apart = right <= other[0] or left >= other[2] or top <= other[1]
                assert apart or bottom >= other[3]


@BOTH
def test_the_code_is_read_by_a_camera_and_by_eye(make: Callable[[], bytes]) -> None:
    data = make()
    token = fillers.read_back(data)[returns.TOKEN]
    drawn = fillers.picture(data, scale=150 / 72)
    assert isinstance(drawn, Image.Image)
    askew = drawn.rotate(3, fillcolor=255).resize((drawn.width // 2, drawn.height // 2))
    for seen in (drawn, drawn.rotate(180), askew):
        (code,) = zxingcpp.read_barcodes(seen)
        assert code.text == token
    head, _dot, signature = token.rpartition(".")
    assert f"{head}. {signature}" in text_of(data)


def test_names_are_text_and_not_fields() -> None:
    names = ("Zoë Łuczak", "Margaret Oyelaran-Fitzwilliam-Montgomery")
    data = fillers.session_pdf(fillers.session_form(*names))
    assert f"{names[0]} and {names[1]}" in text_of(data)
    assert all(topic.name in text_of(data) for topic in fillers.TOPICS)


LONG = tuple(FormTopic(n, f"Topic {n}: {'a rather long one ' * 6}"[:120]) for n in range(1, 11))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("topics", [(), fillers.TOPICS, fillers.TOPICS * 2, LONG])
def test_a_session_log_is_one_page(paper: str, topics: tuple[FormTopic, ...]) -> None:
    distinct = tuple(replace(topic, id=at) for at, topic in enumerate(topics, start=1))
    form = fillers.session_form("Margaret Oyelaran-Fitzwilliam-Montgomery", topics=distinct)
    data = fillers.session_pdf(form, replace(fillers.HEAD, paper=paper))
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) == 1
    shown = [str(field) for field in pypdf.PdfReader(io.BytesIO(data)).get_fields() or {}]
    boxes = [name for name in shown if re.fullmatch(r"topic_\d+", name)]
    assert len(boxes) == len(distinct) or topics is LONG
    assert boxes or not topics


def test_a_long_table_tells_its_heads_again_on_the_next_page() -> None:
    topics = tuple(FormTopic(n, f"Topic {n}") for n in range(1, 60))
    form = replace(fillers.interest_form(), topics=((fillers.Benefit.WHOLE, topics),))
    document = pypdfium2.PdfDocument(fillers.interest_pdf(form))
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert len(pages) == 2
    assert all(page.count("I want to learn") == 1 for page in pages)
    assert all(page.count("Seeing the whole") == 1 for page in pages)


@pytest.mark.parametrize(
    "name", ["<Sons>", "</para>", '<img src="/etc/hosts">', "{{mentor.name}}", "a <b>x", "%s {x}"]
)
def test_a_name_is_text_whatever_it_looks_like(name: str) -> None:
    assert name in text_of(fillers.session_pdf(fillers.session_form(name)))
    assert name in text_of(fillers.interest_pdf(fillers.interest_form(name)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=80).map(clean), st.text(max_size=120).map(clean))
def test_any_text_is_printed_or_refused_in_words(name: str, topic: str) -> None:
    form = fillers.session_form(name, topics=(FormTopic(1, topic),))
    try:
        data = fillers.session_pdf(form)
    except UserError:
        return
    assert fillers.read_back(data) == {returns.TOKEN: form.token}


def test_letters_that_no_font_has_are_refused_before_anything_is_written() -> None:
    file = io.BytesIO()
    with pytest.raises(UserError, match="P017: “李小龙” has characters"):
        write_session_form(file, fillers.session_form("李小龙"), fillers.HEAD)
    assert not file.getvalue()


def test_the_form_says_what_it_is(blank: bytes) -> None:
    with pikepdf.open(io.BytesIO(blank)) as pdf:
        assert str(pdf.docinfo.Title) == "Session log 3: Amara Nwosu and Peter Lindqvist"
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.MarkInfo.Marked
        said = bytes(pdf.Root.Metadata.read_bytes()).decode()
    assert "<pdfuaid:part>1" in said
    assert "pdfaid:part" not in said, "what is filled in is not kept for ever as it is"

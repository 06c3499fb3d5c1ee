"""The pack: every value is on its page, in every script, as text, the same each time."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from revmentor_desktop import resources
from revmentor_desktop.documents import fonts
from revmentor_desktop.documents.pack import Entry, Sheet, write_pack
from revmentor_desktop.documents.preview import PdfPages
from revmentor_desktop.domain import letter_fields, templates
from revmentor_desktop.domain.base import clean
from revmentor_desktop.domain.errors import Cancelled, UserError
from revmentor_desktop.domain.printed import DOCUMENT_NAMES, DocumentKind
from revmentor_desktop.services.letters import Letterhead

HEAD = Letterhead("Lindenhof", "12 Quayside\nPort Avon", "Footer", None, "#0F6E66", "A4", "en_GB")


@dataclass(frozen=True)
class PairFacts:
    """What the documents of a pair say; the reader is the mentor but for the mentee's letter."""

    pair_id: int
    code: str
    title: str
    mentor: Mapping[str, templates.Value]
    mentee: Mapping[str, templates.Value]
    shared: Mapping[str, templates.Value]

    def values(self, kind: DocumentKind) -> Mapping[str, templates.Value]:
        reader, partner = self.mentor, self.mentee
        if kind is DocumentKind.MENTEE_LETTER:
            reader, partner = partner, reader
        return {
            **self.shared,
            **{f"reader.{key}": value for key, value in reader.items()},
            **{f"partner.{key}": value for key, value in partner.items()},
        }


NAMES = (
    "Zoë Łuczak",
    "Νίκος Παπαδόπουλος",
    "Олена Шевченко",
    "Nguyễn Thị Hồng",
    "Margaret Oyelaran-Fitzwilliam-Montgomery",
)


def facts(
    mentor: str = "Amara Nwosu", mentee: str = "Peter Lindqvist", number: int = 7
) -> PairFacts:
    code = f"P{number:03d}"

    def person(name: str) -> dict[str, str | tuple[str, ...]]:
        return {
            "name": name, "call_name": name.split()[0] if name.split() else name, "site": "Quay",
            "job_title": "Analyst", "department": "Finance", "email": "a@example.org", "role": "x",
        }  # fmt: skip

    shared: dict[str, templates.Value] = {
        name: field.example
        for name, field in letter_fields.FIELDS.items()
        if not name.startswith(("reader.", "partner."))
    }
    shared |= {"mentor.name": mentor, "mentee.name": mentee, "pair.code": code}
    return PairFacts(number, code, f"{code} {mentor}", person(mentor), person(mentee), shared)


def documents(*kinds: DocumentKind) -> dict[DocumentKind, templates.Document]:
    return {
        kind: templates.load(
            resources.path("letters", "en_GB", f"{kind.value.replace(' ', '_')}.json").read_text(
                "utf-8"
            )
        )
        for kind in kinds or DocumentKind
    }


def entry(fact: PairFacts, *kinds: DocumentKind) -> Entry:
    return Entry(
        fact.title,
        fact.code,
        [
            Sheet(DOCUMENT_NAMES[kind], document, fact.values(kind))
            for kind, document in documents(*kinds).items()
        ],
    )


def pack(*pairs: PairFacts, head: Letterhead = HEAD, kinds: tuple[DocumentKind, ...] = ()) -> bytes:
    file = io.BytesIO()
    write_pack(file, [entry(pair, *kinds) for pair in pairs], head, "A pack")
    return file.getvalue()


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\ufffe", "-").replace("\u00a0", " "))


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_any_script_is_found_on_the_page(name: str) -> None:
    text = squeezed(text_of(pack(facts(mentee=name))))
    assert name in text


@pytest.mark.parametrize("name", ["محمد العلي", "נועה לוי", "प्रिया शर्मा"])
def test_right_to_left_and_joined_scripts_are_drawn_in_their_own_font(name: str) -> None:
    data = pack(facts(mentor=name))
    used = {run.font.split("-")[0] for run in fonts.runs(name)}
    with pikepdf.open(io.BytesIO(data)) as document:
        embedded = str([obj.get("/BaseFont") for obj in document.objects if _is_font(obj)])
    assert used <= {"NotoSansArabic", "NotoSansHebrew", "NotoSansDevanagari"}
    assert all(font in embedded for font in used)


def _is_font(obj: object) -> bool:
    return isinstance(obj, pikepdf.Dictionary) and "/BaseFont" in obj


def test_every_font_is_embedded_and_the_file_is_sound(tmp_path: object) -> None:
    with pikepdf.open(io.BytesIO(pack(facts(), facts(number=8)))) as document:
        assert not document.check_pdf_syntax()
        names = [str(obj["/BaseFont"]) for obj in document.objects if _is_font(obj)]
        assert names
        assert all("Noto" in name for name in names), names
        assert document.Root.Lang == "en-GB"
        assert str(document.docinfo["/Title"]) == "A pack"


def test_the_same_pack_has_the_same_bytes() -> None:
    assert pack(facts(), facts(number=8)) == pack(facts(), facts(number=8))


def test_each_pair_has_its_outline_and_each_document_counts_its_pages() -> None:
    data = pack(facts(), facts(number=8))
    document = pypdfium2.PdfDocument(data)
    titles = [(entry.level, entry.get_title()) for entry in document.get_toc()]
    document.close()
    assert [title for level, title in titles if level == 0] == [
        "P007 Amara Nwosu",
        "P008 Amara Nwosu",
    ]
    assert sum(level == 1 for level, _title in titles) == 2 * len(DocumentKind)
    assert "P008 · Page 1 of 1" in text_of(data)


def test_the_two_letters_differ() -> None:
    to_mentor = text_of(pack(facts(), kinds=(DocumentKind.MENTOR_LETTER,)))
    to_mentee = text_of(pack(facts(), kinds=(DocumentKind.MENTEE_LETTER,)))
    assert "Dear Amara" in to_mentor
    assert "Dear Peter" in to_mentee
    assert "Please book the first meeting" in to_mentee
    assert "Please book" not in to_mentor


HOSTILE = (
    "<b>Bold</b>",
    "</para>",
    '<img src="/etc/hostname">',
    "{{mentor.name}}",
    "**stars**",
    "A & B <Sons>",
    "&#99999999;",
    "a|b|c",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_printed_as_text(name: str) -> None:
    text = squeezed(text_of(pack(facts(mentor=name))))
    assert name in text


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=120))
def test_any_name_prints_or_is_refused_in_words(name: str) -> None:
    try:
        data = pack(facts(mentee=clean(name) or "x"), kinds=(DocumentKind.MENTOR_LETTER,))
    except UserError:
        return
    assert data.startswith(b"%PDF")


def test_a_very_long_word_breaks_and_a_very_long_text_takes_pages() -> None:
    fact = facts()
    shared = {**fact.shared, "pair.aim": "x" * 10_000}
    longer = PairFacts(7, "P007", "x", fact.mentor, fact.mentee, shared)
    assert text_of(pack(longer, kinds=(DocumentKind.AGREEMENT,))).count("x") >= 10_000


def test_a_name_too_long_to_sign_with_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="too long to stand on one page"):
        pack(facts(mentee="x" * 10_000), kinds=(DocumentKind.AGREEMENT,))


def test_letters_that_no_font_has_are_refused_before_anything_is_written() -> None:
    file = io.BytesIO()
    with pytest.raises(UserError, match="P007: “李小龙” has characters"):
        write_pack(file, [entry(facts(mentee="李小龙"))], HEAD, "A pack")
    assert not file.getvalue()


def test_letter_paper_and_a_logo(tmp_path: object) -> None:
    from PIL import Image

    logo = io.BytesIO()
    Image.new("RGBA", (300, 120), "#0F6E66").save(logo, "PNG")
    head = Letterhead("L", "", "", logo.getvalue(), "#884400", "Letter", "en_GB")
    pages = PdfPages(pack(facts(), head=head))
    assert pages.size(0) == pytest.approx((612, 792))
    pages.close()


def test_cancel_stops_between_two_pairs() -> None:
    seen = []

    def progress(done: int, total: int) -> None:
        seen.append(done)
        if done == 1:
            raise Cancelled

    entries = [entry(facts(number=number)) for number in (7, 8, 9)]
    with pytest.raises(Cancelled):
        write_pack(io.BytesIO(), entries, HEAD, "A pack", progress)
    assert seen == [0, 1]


def test_a_preview_is_drawn_on_white() -> None:
    pages = PdfPages(pack(facts(), kinds=(DocumentKind.AGREEMENT,)))
    picture = pages.render(0, 0.5)
    pages.close()
    assert picture.width == pytest.approx(595 / 2, abs=2)
    assert picture.pixels[:3] == b"\xff\xff\xff"
    assert len(set(picture.pixels)) > 10, "nothing was drawn"


def test_a_signature_is_never_alone_on_its_page() -> None:
    for extra in range(0, 24, 3):
        fact = facts()
        shared = {**fact.shared, "reasons": tuple(f"Reason {n}" for n in range(extra))}
        longer = PairFacts(7, "P007", "x", fact.mentor, fact.mentee, shared)
        document = pypdfium2.PdfDocument(pack(longer, kinds=(DocumentKind.MENTOR_LETTER,)))
        last = document[len(document) - 1].get_textpage().get_text_range()
        document.close()
        assert "Either of you" in last

"""Papers for the tests: letterheads, every kind of block, every shipped document, every script."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from functools import cache

import pypdfium2
from PIL import Image, ImageDraw

from revmentor_desktop import resources
from revmentor_desktop.documents.pack import Entry, Sheet, write_pack
from revmentor_desktop.domain import letter_fields, templates
from revmentor_desktop.domain.printed import DOCUMENT_NAMES, DocumentKind
from revmentor_desktop.domain.templates import Document, Value
from revmentor_desktop.services.letters import Letterhead

ADDRESS = "12 Quayside\nPort Avon PA1 2QX\nTelephone 01632 960 214"
LONG_NAME = "Margaret Oyelaran-Fitzwilliam-Montgomery"
SCRIPTS = {
    "Latin": "Zoë Łuczak-Ågren",
    "Greek": "Νίκος Παπαδόπουλος",
    "Cyrillic": "Олена Шевченко",
    "Vietnamese": "Nguyễn Thị Hồng",
    "Arabic": "محمد العلي",
    "Hebrew": "נועה לוי",
    "Devanagari": "प्रिया शर्मा",
}
DATED = (
    ("2 March 2026", "Kick-off", "In the Green Room, with tea"),
    ("9 March 2026", "First meetings"),
    ("12 June 2026", "Midpoint review: what has changed so far, and what would you like to be "
     "different in the second half of the programme?"),
    ("2 September 2026", "Closing"),
)  # fmt: skip
QUESTIONS = (
    ("Understanding each other", "What do people at other levels not know about your work?"),
    ("Digital confidence", "Which tool saves you the most time, and how did you learn it? Show "
     "each other one thing that you did last week."),
    ("Seeing the whole", "Who decides that, and how would one find out?"),
)  # fmt: skip
BLOCKS: list[dict[str, object]] = [
    {"kind": "address", "lines": ["{{reader.name}}", "{{reader.department}}", "12 Quayside",
                                  "Port Avon PA1 2QX"]},
    {"kind": "heading", "text": "Everything that a page can hold"},
    {"text": "Dear {{reader.call_name}}, here is *italic*, **bold** and ***both***. "
             + "The programme runs from {{programme.start}} to {{programme.end}}. " * 4},
    {"text": "**A lead**"},
    {"kind": "bullets", "lines": ["One", "{{mentor.brings}}"]},
    {"kind": "subheading", "text": "A subheading"},
    {"kind": "checklist", "lines": ["Put the dates in the calendar", "Read the agreement together, "
                                    "sign it, and keep one copy each; the coordinator keeps none"]},
    {"kind": "table", "lines": ["Date|What|Note"], "rows": "programme.steps", "count": 2},
    {"kind": "table", "lines": ["Date| |Minutes| "]},
    {"kind": "steps", "rows": "programme.steps"},
    {"kind": "blanks", "lines": ["Name", "Date|Place|Minutes"]},
    {"kind": "lines", "count": 2},
    {"kind": "qr", "text": "RM1.P017.3.ABCDEFGHIJKLMNOP"},
    {"kind": "small", "text": "Small print that nobody reads, and that is here all the same. " * 4},
    {"kind": "cards", "rows": "pair.cards"},
    {"kind": "signatures", "lines": ["{{mentor.name}}", "{{mentee.name}}"]},
    {"kind": "pagebreak"},
    {"text": "The last paragraph before the signature."},
    {"kind": "signatures", "lines": ["{{coordinator.name}}"]},
]  # fmt: skip
CERTIFICATE: list[dict[str, object]] = [
    {"kind": "space", "count": 6},
    {"kind": "display", "text": "{{mentor.name}}"},
    {"text": "has taken part in **{{programme.name}}**."},
    {"kind": "bullets", "lines": ["{{mentor.brings}}"]},
    {"kind": "signatures", "lines": ["{{coordinator.name}}"]},
]


@cache
def picture(kind: str) -> bytes:
    """A logo, or a scanned signature, as PNG."""
    made = Image.new("RGBA", (600, 240), (0, 0, 0, 0))
    pen = ImageDraw.Draw(made)
    if kind == "logo":
        pen.ellipse((10, 10, 230, 230), fill="#0F6E66")
        pen.rectangle((260, 60, 590, 180), fill="#0F6E66")
    else:
        pen.line([(20 + at * 5, 120 + (at * 37 % 90) - 45) for at in range(110)], "#223344", 6)
    file = io.BytesIO()
    made.save(file, "PNG")
    return file.getvalue()


def head(paper: str = "A4", envelope: str = "none", shift_x: int = 0, shift_y: int = 0,
         name: str = "Lindenhof Museum") -> Letterhead:  # fmt: skip
    """A letterhead with everything on it."""
    footer = "Lindenhof Museum is a registered charity, number 1234567."
    return Letterhead(name, ADDRESS, footer, picture("logo"), "#0F6E66", paper, "en_GB", envelope,
                      shift_x, shift_y, picture("signature"))  # fmt: skip


def heads() -> dict[str, Letterhead]:
    """A letterhead for each paper and envelope."""
    return {
        "A4": head(),
        "Letter": head("Letter"),
        "DIN A": head(envelope="DIN 5008 A"),
        "DIN B": head(envelope="DIN 5008 B"),
        "UK DL": head(envelope="UK DL"),
        "US 10": head("Letter", "US #10"),
    }


def values(**changed: Value) -> dict[str, Value]:
    """A value for every field; the keyword ``mentor__name`` changes ``mentor.name``."""
    found = {name: field.example for name, field in letter_fields.FIELDS.items()}
    return found | {key.replace("__", "."): value for key, value in changed.items()}


def document(blocks: list[dict[str, object]]) -> Document:
    """A document of some blocks."""
    return templates.load(json.dumps({"title": "A document", "blocks": blocks}))


def wording(kind: DocumentKind) -> Document:
    """The shipped wording."""
    name = f"{kind.value.replace(' ', '_')}.json"
    return templates.load(resources.path("letters", "en_GB", name).read_text("utf-8"))


def entry(
    blocks: list[dict[str, object]], given: Mapping[str, Value] | None = None, code: str = "P017"
) -> Entry:
    """One document of some blocks."""
    return Entry("P017 Amara", code, [Sheet("Blocks", document(blocks), given or values())])


def every_block() -> Entry:
    """Two documents with every kind of block."""
    given = values(programme__steps=DATED, pair__cards=QUESTIONS)
    sheets = [Sheet(name, document(blocks), given)
              for name, blocks in (("Blocks", BLOCKS), ("Certificate", CERTIFICATE))]  # fmt: skip
    return Entry("P017 Amara", "P017", sheets)


def shipped(**changed: Value) -> list[Entry]:
    """Each shipped document as an entry of its own."""
    return [
        Entry(kind.value, "P017", [Sheet(DOCUMENT_NAMES[kind], wording(kind), values(**changed))])
        for kind in DocumentKind
    ]


def scripts() -> Entry:
    """Names of every script in paragraphs, cells, headings, lists, cards and a long passage."""
    rows = tuple((script, name, f"{name}, Finance") for script, name in SCRIPTS.items())
    mixed = "، ".join([SCRIPTS["Arabic"]] * 12)
    given = values(
        programme__steps=rows,
        pair__cards=tuple((name, script) for script, name in SCRIPTS.items()),
        mentor__brings=tuple(SCRIPTS.values()), mentor__name=SCRIPTS["Arabic"],
        mentee__name=SCRIPTS["Devanagari"], pair__aim=mixed, reader__name=SCRIPTS["Hebrew"],
    )  # fmt: skip
    return entry(
        [
            {"kind": "address", "lines": ["{{reader.name}}", "{{mentee.name}}"]},
            {"kind": "heading", "text": "{{mentor.name}} & {{mentee.name}}"},
            {"text": "Dear **{{mentor.name}}** (and *{{mentee.name}}*): {{reader.name}}!"},
            {"text": "{{pair.aim}}"},
            {"kind": "bullets", "lines": ["{{mentor.brings}}"]},
            {"kind": "table", "lines": ["Script|Name|Where"], "rows": "programme.steps"},
            {"kind": "cards", "rows": "pair.cards"},
            {"kind": "signatures", "lines": ["{{mentor.name}}", "{{mentee.name}}"]},
        ],
        given,
    )


def printed(*entries: Entry, on: Letterhead | None = None, tagged: bool = True) -> bytes:
    """A pack in memory."""
    file = io.BytesIO()
    write_pack(file, entries, on or head(), "A pack", tagged=tagged)
    return file.getvalue()


def pages_text(data: bytes) -> list[str]:
    """The text of each page, as a viewer copies it."""
    opened = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in opened]
    finally:
        opened.close()

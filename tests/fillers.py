"""Forms to test with, programs that fill them in, and what comes back."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
from pypdf.generic import NameObject, TextStringObject
from pypdfium2 import raw

from revmentor_desktop.documents.forms import write_interest_form, write_session_form
from revmentor_desktop.domain import returns
from revmentor_desktop.domain.returns import FormKind, FormToken, make_token
from revmentor_desktop.domain.topics import Benefit
from revmentor_desktop.services.forms import FormTopic, InterestForm, SessionForm
from revmentor_desktop.services.letters import Letterhead

KEY = bytes(range(32))
HEAD = Letterhead("Lindenhof", "12 Quayside\nPort Avon", "Footer", None, "#0F6E66", "A4", "en_GB")
TOPICS = tuple(
    FormTopic(number, name)
    for number, name in enumerate(
        ("Safe passwords", "Chat and video calls", "Giving and taking feedback",
         "How decisions are made here", "Strategy in plain words"), start=7,
    )
)  # fmt: skip
AWKWARD = "Zoë Łuczak–李小龙 محمد"
VALUES: Mapping[str, str] = {
    returns.DATE: f"3 March 2026, {AWKWARD}",
    returns.MINUTES: "60 €",
    returns.FORMAT: "online",
    returns.STATE: "moved",
    returns.MOVED_BY: "both",
    returns.topic_field(8): returns.TICKED,
    returns.topic_field(11): returns.TICKED,
    returns.OTHER_TOPICS: "“curly” ‘quotes’ \"plain\" 'plain' Ελληνικά Кириллица €",
    returns.action_field(1, "text"): "C:\\folder\\new (the \\(one\\)) <b>&amp;</b> {{mentor.name}}",
    returns.action_field(1, "owner"): "mentee",
    returns.action_field(4, "due"): "=1+1; /Yes",
    returns.NEXT_DATE: "after Easter",
    returns.CHANGE: f"The first line\nthe second\n\n{AWKWARD} and the fourth",
    returns.NOTE: "x" * 2000,
}


def session_form(
    mentor: str = "Amara Nwosu",
    mentee: str = "Peter Lindqvist",
    topics: tuple[FormTopic, ...] = TOPICS,
) -> SessionForm:
    """The session log of the third session of pair 17."""
    token = make_token(KEY, FormToken(FormKind.SESSION, 17, 3))
    return SessionForm(token, 17, 3, 6, "P017", mentor, mentee, "Mentor", "Mentee", "Spring",
                       "Ruth Adeyemi", topics)  # fmt: skip


def interest_form(name: str = "Amara Nwosu", due: str = "2 March 2026") -> InterestForm:
    """The interest form of person 42 for programme 1."""
    token = make_token(KEY, FormToken(FormKind.INTEREST, 42, 1))
    return InterestForm(token, 42, name, "Spring", "Ruth Adeyemi", due,
                        ((Benefit.DIGITAL, TOPICS[:2]), (Benefit.WHOLE, TOPICS[2:])))  # fmt: skip


def session_pdf(form: SessionForm | None = None, head: Letterhead = HEAD) -> bytes:
    """The file of a session log."""
    file = io.BytesIO()
    write_session_form(file, form or session_form(), head)
    return file.getvalue()


def interest_pdf(form: InterestForm | None = None, head: Letterhead = HEAD) -> bytes:
    """The file of an interest form."""
    file = io.BytesIO()
    write_interest_form(file, form or interest_form(), head)
    return file.getvalue()


def read_back(data: bytes) -> dict[str, str]:
    """What a filled form says, field by field, blank ones left out."""
    found = {}
    for name, field in (pypdf.PdfReader(io.BytesIO(data)).get_fields() or {}).items():
        value = field.value
        if field.field_type == "/Btn" and value is not None:
            value = str(value).removeprefix("/")
        text = returns.plain_text(value if value is not None else "")
        if text and (field.field_type != "/Btn" or text != "Off"):
            found[name] = text
    return found


def fill_with_pypdf(blank: bytes, values: Mapping[str, str]) -> bytes:
    """Fill the form as scripts do."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(blank))
    buttons = {name for name, field in (writer.get_fields() or {}).items()
               if field.field_type == "/Btn"}  # fmt: skip
    typed = {
        name: NameObject(f"/{value}") if name in buttons else TextStringObject(value)
        for name, value in values.items()
    }
    for page in writer.pages:
        writer.update_page_form_field_values(page, typed, auto_regenerate=False)
    filled = io.BytesIO()
    writer.write(filled)
    return filled.getvalue()


def fill_with_pikepdf(blank: bytes, values: Mapping[str, str]) -> bytes:
    """Set the values and nothing else, as a careless program does."""
    with pikepdf.open(io.BytesIO(blank)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            name = str(field.T)
            if name in values and pikepdf.Name.Btn == field.FT:
                field.V = pikepdf.Name(f"/{values[name]}")
            elif name in values:
                field.V = pikepdf.String(values[name])
        filled = io.BytesIO()
        pdf.save(filled)
    return filled.getvalue()


def fill_with_pdfium(blank: bytes, values: Mapping[str, str]) -> bytes:
    """Click into each field and type, as in Chrome and Edge."""
    document = pypdfium2.PdfDocument(blank)
    document.init_forms()
    form = document.formenv.raw
    for page in document:
        for number in range(raw.FPDFPage_GetAnnotCount(page.raw)):
            annotation = raw.FPDFPage_GetAnnot(page.raw, number)
            name = _wide(raw.FPDFAnnot_GetFormFieldName, form, annotation)
            if name in values:
                _type(form, page, annotation, values[name])
            raw.FPDFPage_CloseAnnot(annotation)
    filled = io.BytesIO()
    document.save(filled)
    document.close()
    return filled.getvalue()


def _type(form: object, page: pypdfium2.PdfPage, annotation: object, value: str) -> None:
    kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind == raw.FPDF_FORMFIELD_RADIOBUTTON:
        said = _wide(raw.FPDFAnnot_GetFormFieldExportValue, form, annotation)
        if said != value:
            return
    box = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, box)
    at = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
    raw.FORM_OnLButtonDown(form, page.raw, 0, *at)
    raw.FORM_OnLButtonUp(form, page.raw, 0, *at)
    if kind == raw.FPDF_FORMFIELD_TEXTFIELD:
        letters = ctypes.create_string_buffer(f"{value}\0".encode("utf-16-le"))
        wide = ctypes.cast(letters, ctypes.POINTER(raw.FPDF_WCHAR))
        raw.FORM_ReplaceSelection(form, page.raw, wide)
    elif kind == raw.FPDF_FORMFIELD_COMBOBOX:
        raw.FORM_SetIndexSelected(form, page.raw, _option(value), True)
    raw.FORM_ForceToKillFocus(form)


OPTIONS = (
    ("", "in person", "online"),
    ("", "mentor", "mentee", "both"),
    ("", "1", "2", "3", "4"),
)


def _option(value: str) -> int:
    """The place of a value in the list that it is chosen from."""
    return next(options.index(value) for options in OPTIONS if value in options)


def _wide(read: Callable[..., int], form: object, annotation: object) -> str:
    size = read(form, annotation, None, 0)
    letters = (raw.FPDF_WCHAR * (size // 2))()
    read(form, annotation, letters, size)
    return bytes(letters).decode("utf-16-le").rstrip("\0")


def picture(data: bytes, page: int = 0, scale: float = 1.0) -> object:
    """A page as PDFium draws it, the fields with what is in them (a Pillow image)."""
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    drawn = document[page].render(scale=scale, may_draw_forms=True).to_pil().convert("L")
    document.close()
    return drawn


def save(data: bytes, path: Path) -> Path:
    """The file on disk, for a program that reads files."""
    path.write_bytes(data)
    return path

"""Puts the fields into a form that is drawn: each with its name, its words and its appearance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from pikepdf import Array, Dictionary, Name, Pdf, String

from revmentor_desktop import resources
from revmentor_desktop.documents.forms_rows import TICK, Placed
from revmentor_desktop.documents.forms_rows import Field as FormField
from revmentor_desktop.domain import returns
from revmentor_desktop.i18n import _

FONT, SIZE, SMALL_SIZE = "NotoSans", 10, 8
INK = "0.110 0.141 0.188"
HIDDEN, PRINTED = 1 << 1, 1 << 2
READ_ONLY, SEVERAL_LINES, STAYS_CHOSEN, RADIO, DROPS_DOWN = 1, 1 << 12, 1 << 14, 1 << 15, 1 << 17
TICK_MARK = f"{INK} RG 1.5 w 1 J 1 j 2.2 5.2 m 4.2 2.9 l 7.9 7.4 l S"
BLANK = ("", " ")
"""The first of all choices: without it a choice could not be taken back."""
DOT = (
    f"{INK} rg 7.5 5 m 7.5 6.38 6.38 7.5 5 7.5 c 3.62 7.5 2.5 6.38 2.5 5 c "
    "2.5 3.62 3.62 2.5 5 2.5 c 6.38 2.5 7.5 3.62 7.5 5 c f"
)
"""A circle of half the button, in four curves."""


def add_fields(pdf: Pdf, placed: Sequence[Placed], token: str) -> None:
    """Add the fields, each tied to its Form element of the tree, and the hidden token."""
    widgets = _Fields(pdf).add_all(placed, token)
    parents: Any = pdf.Root.StructTreeRoot.ParentTree.Nums
    key = int(pdf.Root.StructTreeRoot.ParentTreeNextKey)
    elements = _form_elements(pdf.Root.StructTreeRoot)
    for element, widget in zip(elements, widgets, strict=True):
        element.Pg = widget.P
        element.K = Dictionary(Type=Name.OBJR, Obj=widget, Pg=widget.P)
        widget.StructParent = key
        parents.extend([key, element])
        key += 1
    pdf.Root.StructTreeRoot.ParentTreeNextKey = key


def _form_elements(element: Any) -> Iterator[Any]:  # noqa: ANN401
    """The elements of the fields, in the order in which they are read."""
    if element.get(Name.S) == Name.Form:
        yield element
        return
    kids = element.get(Name.K, [])
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and Name.S in kid:
            yield from _form_elements(kid)


class _Fields:
    """The fields of one file. Buttons that look the same share their pictures.

    Fields of text never do: some programs write what is typed into the picture that they find.
    """

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._font = Dictionary({f"/{FONT}": _font(pdf)})
        self._buttons: dict[str, Any] = {}
        self._groups: dict[str, Any] = {}
        self._form = pdf.make_indirect(
            Dictionary(Fields=Array(), DR=Dictionary(Font=self._font), DA=_text_looks(SIZE))
        )
        pdf.Root.AcroForm = self._form

    def add_all(self, placed: Sequence[Placed], token: str) -> list[Any]:
        """Add fields and token to the pages; returns the widget of each field.

        The keyboard goes from one to the next by the order of the tree.
        """
        widgets = [self._add(one) for one in placed]
        self._place(_token(token), 0)
        for page in self._pdf.pages:
            page.obj.Tabs = Name.S
        return widgets

    def _add(self, placed: Placed) -> Any:  # noqa: ANN401
        field = placed.field
        left, bottom, right, top = (round(side, 2) for side in placed.rect)
        look = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            F=PRINTED,
            Rect=Array([left, bottom, right, top]),
            TU=String(field.says),
        )
        if field.is_button:
            self._as_button(look, field)
        else:
            self._as_text(look, field, round(right - left, 2), round(top - bottom, 2))
        if field.kind != "radio":
            look.T = String(field.name)
            return self._place(look, placed.page)
        group = self._group(field)
        look.Parent = group
        widget = self._place(look, placed.page, is_field=False)
        group.Kids.append(widget)
        return widget

    def _place(self, look: Dictionary, number: int, is_field: bool = True) -> Any:  # noqa: ANN401
        page = self._pdf.pages[number].obj
        look.P = page
        widget = self._pdf.make_indirect(look)
        if Name.Annots not in page:
            page.Annots = Array()
        page.Annots.append(widget)
        if is_field:
            self._form.Fields.append(widget)
        return widget

    def _as_text(self, look: Dictionary, field: FormField, width: float, height: float) -> None:
        look.DA = _text_looks(SIZE if height > 1.5 * SIZE else SMALL_SIZE)
        if field.kind == "choice":
            look.FT, look.Ff = Name.Ch, DROPS_DOWN
            options = (BLANK, *field.options)
            look.Opt = Array([Array([String(kept), String(shown)]) for kept, shown in options])
        else:
            look.FT, look.Ff = Name.Tx, SEVERAL_LINES if field.kind == "lines" else 0
        blank = self._picture(width, height, "/Tx BMC EMC")
        blank.Resources = Dictionary(Font=self._font)
        look.AP = Dictionary(N=blank)

    def _as_button(self, look: Dictionary, field: FormField) -> None:
        mark = self._button(TICK_MARK if field.kind == "box" else DOT)
        blank = self._button("")
        look.AP = Dictionary(N=Dictionary({f"/{field.value}": mark, "/Off": blank}))
        look.AS = Name.Off
        if field.kind == "box":
            look.FT, look.Ff, look.V = Name.Btn, 0, Name.Off

    def _group(self, field: FormField) -> Any:  # noqa: ANN401
        """The field of some radio buttons, of which one is chosen or none yet."""
        if field.name not in self._groups:
            group = self._pdf.make_indirect(
                Dictionary(
                    FT=Name.Btn,
                    Ff=RADIO | STAYS_CHOSEN,
                    T=String(field.name),
                    TU=String(field.group),
                    V=Name.Off,
                    Kids=Array(),
                )
            )
            self._groups[field.name] = group
            self._form.Fields.append(group)
        return self._groups[field.name]

    def _button(self, drawing: str) -> Any:  # noqa: ANN401
        if drawing not in self._buttons:
            self._buttons[drawing] = self._picture(TICK, TICK, drawing)
        return self._buttons[drawing]

    def _picture(self, width: float, height: float, drawing: str) -> Any:  # noqa: ANN401
        made = self._pdf.make_stream(drawing.encode("ascii"))
        made.Type, made.Subtype = Name.XObject, Name.Form
        made.BBox, made.Resources = Array([0, 0, width, height]), Dictionary()
        return made


def _text_looks(size: int) -> String:
    return String(f"/{FONT} {size} Tf {INK} rg")


def _token(token: str) -> Dictionary:
    """The field that nobody sees: whose form it is."""
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=String(returns.TOKEN),
        TU=String(_("Code of this form")),
        Ff=READ_ONLY,
        F=HIDDEN,
        V=String(token),
        DA=_text_looks(SIZE),
        Rect=Array([0, 0, 0, 0]),
    )


def _font(pdf: Pdf) -> Any:  # noqa: ANN401
    """Noto Sans with the letters of Western Europe, embedded for what is typed into a field.

    A simple font is what every viewer can write with; for other letters each takes its own.
    """
    letters = _letters()
    program = pdf.make_stream(letters.program)
    program.Length1 = len(letters.program)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/NotoSans-Regular"),
        Flags=32,
        FontBBox=Array([-621, -389, 2800, 1067]),
        ItalicAngle=0,
        Ascent=1069,
        Descent=-293,
        CapHeight=714,
        StemV=87,
        FontFile2=program,
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=Name("/NotoSans-Regular"),
            Encoding=Name.WinAnsiEncoding,
            FirstChar=32,
            LastChar=255,
            Widths=Array(letters.widths),
            FontDescriptor=pdf.make_indirect(descriptor),
        )
    )


class _Letters(NamedTuple):
    """A font program, and the widths of its codes 32 to 255 in thousandths of the size."""

    program: bytes
    widths: list[int]


@cache
def _letters() -> _Letters:
    """Noto Sans cut down to what Windows-1252 has."""
    import uharfbuzz

    path = resources.path("fonts", "NotoSans-Regular.ttf")
    face = uharfbuzz.Face(uharfbuzz.Blob(path.read_bytes()))
    letters = [bytes((code,)).decode("cp1252", "ignore") or " " for code in range(32, 256)]
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update({ord(letter) for letter in letters})
    font = uharfbuzz.Font(face)
    widths = [
        round(font.get_glyph_h_advance(font.get_nominal_glyph(ord(letter)) or 0) * 1000 / face.upem)
        for letter in letters
    ]
    return _Letters(bytes(uharfbuzz.subset(face, wanted).blob.data), widths)

"""The tree of a tagged PDF: what each piece of a page is, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject, PDFPage


class Element:
    """One piece: a paragraph, a list, a cell. ``kids`` holds elements and (page, number) marks.

    ``attributes`` is written as it stands into the element's dictionary.
    """

    __slots__ = ("attributes", "kids", "kind", "number")

    def __init__(self, kind: str, parent: Element | None = None, attributes: str = "") -> None:
        self.kind = kind
        self.attributes = attributes
        self.kids: list[Element | tuple[int, int]] = []
        self.number = 0
        if parent is not None:
            parent.kids.append(self)


TH_COLUMN = "/A <</O /Table /Scope /Column>>"
TH_ROW = "/A <</O /Table /Scope /Row>>"
BULLETED = "/A <</O /List /ListNumbering /Disc>>"


def text_string(text: str) -> str:
    """Text as a PDF string, in hexadecimal UTF-16 so that nothing needs escaping."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def alternative(text: str) -> str:
    """The attribute with the words for a picture."""
    return f"/Alt {text_string(text)}"


class _Raw(PDFObject):
    """An object of the file, already written; ReportLab only numbers and places it."""

    __RefOnly__ = 1

    def __init__(self, check: Callable[[], None]) -> None:
        self.text = ""
        self.check = check

    def format(self, _document: Any) -> bytes:  # noqa: ANN401
        """The object as it stands."""
        self.check()
        return self.text.encode("ascii")


def unwatched() -> None:
    """The check of a file so small that nobody could stop it."""


class Tree:
    """The tree of a file as it grows: elements are written once they are whole.

    ``check`` is called again and again while the file is saved, and raises Cancelled to stop it.
    """

    def __init__(self, document: Any, check: Callable[[], None] = unwatched) -> None:  # noqa: ANN401
        self._document = document
        self._check = check
        self._root = self._numbered()
        self.top = Element("Document")
        self.top.number = self._numbered()
        self._pages: list[str] = []

    def add_pages(self, pages: Sequence[Sequence[Element]]) -> None:
        """Tie the pages drawn last to the elements of their marks."""
        for elements in pages:
            for element in elements:
                if not element.number:
                    element.number = self._numbered()
            number = len(self._pages)
            page = self._document.idToObject[f"Page{number + 1}"]
            page.__NoDefault__ = [*PDFPage.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = number, "/S"
            self._pages.append(" ".join(f"{element.number} 0 R" for element in elements))

    def write(self, element: Element, parent: Element) -> None:
        """Write an element whose pages are all drawn, and everything in it."""
        if not element.number:
            element.number = self._numbered()
        kids = []
        page = -1
        for kid in element.kids:
            if isinstance(kid, Element):
                self.write(kid, element)
                kids.append(f"{kid.number} 0 R")
            elif page in (-1, kid[0]):
                page = kid[0]
                kids.append(str(kid[1]))
            else:
                kids.append(f"<</Type /MCR /Pg {self._page(kid[0])} /MCID {kid[1]}>>")
        where = f" /Pg {self._page(page)}" if page >= 0 else ""
        self._fill(
            element.number,
            f"<</S /{element.kind} /P {parent.number} 0 R{where} /K [{' '.join(kids)}]"
            f" {element.attributes}>>",
        )
        element.kids.clear()

    def finish(self, language: str) -> None:
        """Write the root; the tree is whole."""
        parents = " ".join(f"{at} [{page}]" for at, page in enumerate(self._pages))
        root = f"{self._root} 0 R"
        kids = " ".join(f"{kid.number} 0 R" for kid in self.top.kids if isinstance(kid, Element))
        self._fill(self.top.number, f"<</S /Document /P {root} /Lang ({language}) /K [{kids}]>>")
        self._fill(
            self._root,
            f"<</Type /StructTreeRoot /K [{self.top.number} 0 R] /ParentTreeNextKey "
            f"{len(self._pages)} /ParentTree <</Nums [{parents}]>>>>",
        )
        self._document.Catalog.StructTreeRoot = self._document.Reference(self._raw(self._root))

    def _numbered(self) -> int:
        self._document.Reference(_Raw(self._check))
        return int(self._document.objectcounter)

    def _raw(self, number: int) -> _Raw:
        found: _Raw = self._document.idToObject[self._document.numberToId[number]]
        return found

    def _fill(self, number: int, text: str) -> None:
        self._raw(number).text = text

    def _page(self, at: int) -> str:
        return f"{self._document.idToObjectNumberAndVersion[f'Page{at + 1}'][0]} 0 R"

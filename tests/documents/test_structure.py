"""Tags: everything on a page is read in order or is decoration; pictures have words."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pytest

from revmentor_desktop.domain.printed import DocumentKind
from tests.documents import papers


@pytest.fixture(scope="module")
def pdf() -> Iterator[pikepdf.Pdf]:
    entries = [papers.every_block(), *papers.shipped()]
    with pikepdf.open(io.BytesIO(papers.printed(*entries))) as opened:
        yield opened


def elements(node: pikepdf.Object, depth: int = 0) -> Iterator[tuple[pikepdf.Object, int]]:
    """Every element below a node, in reading order."""
    for kid in node.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid, depth
            yield from elements(kid, depth + 1)


def kinds(pdf: pikepdf.Pdf) -> list[str]:
    return [str(one.S)[1:] for one, _depth in elements(pdf.Root.StructTreeRoot)]


def test_the_file_says_what_it_is(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.Lang == "en-GB"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as found:
        assert found["dc:title"] == "A pack"
        assert found["pdfuaid:part"] == "1"
        assert (found["pdfaid:part"], found["pdfaid:conformance"]) == ("2", "A")
    profile = pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()
    assert profile[12:20] == b"mntrRGB "


def test_all_text_is_in_a_mark_or_is_decoration_and_marks_are_tied_both_ways(
    pdf: pikepdf.Pdf,
) -> None:
    parents = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    assert parents[::2] == list(range(len(pdf.pages)))
    tied: dict[tuple[int, int], str] = {}
    for one, _depth in elements(pdf.Root.StructTreeRoot):
        for kid in one.get("/K", []):
            if isinstance(kid, int):
                key = (one.Pg.objgen[0], kid)
            elif "/MCID" in kid:
                key = (kid.Pg.objgen[0], int(kid.MCID))
            else:
                continue
            assert key not in tied
            tied[key] = str(one.objgen)
    for number, page in enumerate(pdf.pages):
        assert page.obj.StructParents == number
        assert page.obj.Tabs == "/S"
        marks = _marks(page)
        assert marks == list(range(len(marks)))
        of_page = [str(one.objgen) for one in parents[2 * number + 1]]
        assert of_page == [tied[page.obj.objgen[0], mark] for mark in marks]


def _marks(page: pikepdf.Page) -> list[int]:
    """The numbers of the marks in order; fails where something is drawn outside of all marks."""
    found: list[int] = []
    depth = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            depth += 1
            if name == "BDC" and "/MCID" in operands[1]:
                assert depth == 1
                found.append(int(operands[1].MCID))
        elif name == "EMC":
            depth -= 1
        elif name in ("Tj", "TJ", "Do", "f", "S"):
            assert depth, f"{name} stands outside of all marks"
    assert depth == 0
    return found


def test_headings_lists_tables_and_pictures_are_what_they_are(pdf: pikepdf.Pdf) -> None:
    found = kinds(pdf)
    assert {"Document", "Part", "Sect", "H1", "H2", "P", "L", "LI", "Lbl", "LBody", "Table", "TR",
            "TH", "TD", "Figure"} == set(found)  # fmt: skip
    for one, _depth in elements(pdf.Root.StructTreeRoot):
        kind, parent = str(one.S), str(one.P.get("/S", ""))
        if kind == "/Figure":
            assert str(one.Alt).startswith(("Signature of ", "QR code of "))
        if kind == "/TH":
            assert str(one.A.Scope) in ("/Column", "/Row")
        expected = {"/LI": "/L", "/LBody": "/LI", "/TR": "/Table", "/TD": "/TR", "/TH": "/TR"}
        assert parent == expected.get(kind, parent)


@pytest.mark.parametrize("kind", DocumentKind)
def test_each_document_has_one_main_heading_first(kind: DocumentKind) -> None:
    (entry,) = [one for one in papers.shipped() if one.title == kind.value]
    with pikepdf.open(io.BytesIO(papers.printed(entry))) as pdf:
        headings = [one for one in kinds(pdf) if one[0] == "H"]
    assert headings[0] == "H1"
    assert headings.count("H1") == 1


def test_a_list_over_two_pages_is_one_list() -> None:
    many = tuple(f"Item {number}" for number in range(80))
    entry = papers.entry([{"kind": "bullets", "lines": ["{{mentor.brings}}"]}],
                         papers.values(mentor__brings=many))  # fmt: skip
    with pikepdf.open(io.BytesIO(papers.printed(entry))) as pdf:
        assert len(pdf.pages) == 2
        assert kinds(pdf).count("L") == 1
        assert kinds(pdf).count("LI") == 80


def test_a_table_over_two_pages_repeats_its_heading_as_decoration() -> None:
    rows = tuple((f"Day {number}", "What", "Note") for number in range(60))
    table = {"kind": "table", "lines": ["Date|What|Note"], "rows": "programme.steps"}
    entry = papers.entry([table], papers.values(programme__steps=rows))
    data = papers.printed(entry)
    assert all("Date" in page for page in papers.pages_text(data))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) > 1
        assert kinds(pdf).count("TH") == 3
        assert kinds(pdf).count("TR") == 61


def test_without_tags_the_pages_are_the_same_but_bare() -> None:
    tagged, bare = (papers.printed(papers.every_block(), tagged=on) for on in (True, False))
    assert papers.pages_text(tagged) == papers.pages_text(bare)
    with pikepdf.open(io.BytesIO(bare)) as pdf:
        assert "/StructTreeRoot" not in pdf.Root

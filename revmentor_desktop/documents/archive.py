"""A PDF for reading aloud and for keeping: PDF/UA-1 and PDF/A-2a at once, the same bytes always."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from revmentor_desktop import resources
from revmentor_desktop.documents import fonts
from revmentor_desktop.documents.pages import Paper
from revmentor_desktop.documents.structure import unwatched
from revmentor_desktop.domain.errors import Progress
from revmentor_desktop.services.letters import Letterhead

PRODUCER = "RevMentor Desktop"
CHECK_EVERY = 32


def language_tag(head: Letterhead) -> str:
    """The language of the paper as PDF names it, e.g. ``en-GB``."""
    return head.language.replace("_", "-")


class Saving:
    """Asks now and then, while a file is saved, whether the user has stopped it."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total = progress, total
        self._count = 0

    def check(self) -> None:
        """Raise Cancelled where the user has stopped the job."""
        self._count += 1
        if self._count % CHECK_EVERY == 0:
            self._progress(self._total, self._total)


@contextmanager
def writing(
    file: BinaryIO,
    title: str,
    head: Letterhead,
    paper: Paper,
    *,
    saving: Saving | None = None,
    tagged: bool = True,
    add_fields: Callable[[pikepdf.Pdf], None] | None = None,
) -> Iterator[Canvas]:
    """A canvas to draw on; when the block ends without an exception the file is written.

    ``add_fields`` makes it a form to fill in: PDF/UA-1, and not for keeping, as it will change.
    """
    rl_config.useA85 = 0  # base 85 makes every stream a quarter larger
    drawn = io.BytesIO()
    canvas = Canvas(
        drawn if tagged else file, pagesize=(paper.width, paper.height), invariant=1,
        pageCompression=1, lang=language_tag(head),
        initialFontName=fonts.font_name("NotoSans", False, False),
    )  # fmt: skip
    title = fonts.prepared(title)
    canvas.setTitle(title)
    canvas.setAuthor(fonts.prepared(head.name))
    canvas.setCreator(PRODUCER)
    canvas.showOutline()
    yield canvas
    canvas.save()
    if tagged:
        del canvas
        check = saving.check if saving else unwatched
        _finish(drawn, file, title, fonts.prepared(head.name), check, add_fields)


def _finish(
    drawn: io.BytesIO,
    file: BinaryIO,
    title: str,
    author: str,
    check: Callable[[], None],
    add_fields: Callable[[pikepdf.Pdf], None] | None,
) -> None:
    with pikepdf.open(drawn) as pdf:
        pdf.docinfo = pdf.make_indirect(
            Dictionary(Title=String(title), Author=String(author), Creator=String(PRODUCER),
                       Producer=String(PRODUCER))
        )  # fmt: skip
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        if add_fields is not None:
            add_fields(pdf)
        else:
            _add_profile(pdf)
        packet = pdf.make_stream(_xmp(title, author, add_fields is None).encode("utf-8"))
        packet.Type, packet.Subtype = Name.Metadata, Name.XML
        pdf.Root.Metadata = packet
        pdf.save(
            file,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            progress=lambda _percent: check(),
        )


def _add_profile(pdf: pikepdf.Pdf) -> None:
    """What the colours mean, for a file that is kept."""
    profile = pdf.make_stream(resources.path("icc", "sRGB.icc").read_bytes())
    profile.N = 3
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent, S=Name.GTS_PDFA1, DestOutputProfile=profile,
                OutputConditionIdentifier=String("sRGB"), Info=String("sRGB IEC61966-2.1"),
            )
        ]
    )  # fmt: skip


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<rdf:Description rdf:about="">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<xmp:CreatorTool>{producer}</xmp:CreatorTool><pdf:Producer>{producer}</pdf:Producer>
{kept}<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of PDF/UA</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


_KEPT = "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>\n"


def _xmp(title: str, author: str, is_kept: bool) -> str:
    kept = _KEPT if is_kept else ""
    return _XMP.format(title=escape(title), author=escape(author), producer=PRODUCER, kept=kept)

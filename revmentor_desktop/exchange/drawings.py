"""Drawings (SVG) from anybody: only what draws is kept; nothing is loaded, run, or endless."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import N_, _

SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
MOST_BYTES = 2 * 2**20
MOST_DRAWN = 20_000
"""Shapes after every "use" is followed; a logo has some hundreds."""
MOST_DEEP = 60
KEPT = frozenset(
    {
        "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text",
        "tspan", "defs", "linearGradient", "radialGradient", "stop", "title", "desc", "use",
        "style", "symbol", "switch", "a", "clipPath",
    }
)  # fmt: skip
REFUSED = frozenset({"image", "pattern", "filter", "mask", "marker", "foreignObject"})
"""What shows, and could load a file or take for ever to draw. All else is left out."""
_ELSEWHERE = re.compile(r"@import|url\(\s*['\"]?(?!#)", re.IGNORECASE)
_UNUSABLE = N_("This drawing cannot be used: {why} Save it as a PNG picture and choose that.")


def cleaned(content: bytes) -> bytes:
    """The same drawing with only what draws; UserError where that would be another drawing."""
    if len(content) > MOST_BYTES:
        raise _unusable(_("it is larger than 2 MB."))
    try:
        top = fromstring(content, forbid_dtd=False)
    except (ParseError, DefusedXmlException, ValueError, RecursionError):
        raise _unusable(_("it is damaged or holds more than a drawing.")) from None
    if top.tag != f"{SVG}svg":
        raise _unusable(_("it is no SVG drawing."))
    _clean(top, 0)
    _check_amount(top)
    return tostring(top)


def _clean(element: Element, depth: int) -> None:
    if depth > MOST_DEEP:
        raise _unusable(_("its parts are nested too deeply."))
    for name in list(element.attrib):
        if _is_unwanted(name, element.attrib[name]):
            del element.attrib[name]
    if element.tag == f"{SVG}style" and _ELSEWHERE.search(element.text or ""):
        raise _unusable(_("its style refers to other files."))
    for child in list(element):
        name = _name(child)
        if name in REFUSED:
            raise _unusable(_("it has a part called “{name}”.").format(name=name))
        if name in KEPT:
            _clean(child, depth + 1)
        else:
            element.remove(child)


def _is_unwanted(name: str, value: str) -> bool:
    local = name.rpartition("}")[2].lower()
    if local == "href":
        return not value.startswith("#")
    return local.startswith("on") or bool(_ELSEWHERE.search(value))


def _name(element: Element) -> str:
    """The name of an SVG element; "" for a comment or what another program has put in."""
    tag = element.tag
    return tag.removeprefix(SVG) if isinstance(tag, str) and tag.startswith(SVG) else ""


def _check_amount(top: Element) -> None:
    """Count what is drawn when every "use" is followed; one that uses itself is refused."""
    by_id = {name: element for element in top.iter() if (name := element.get("id"))}
    known: dict[int, int] = {}

    def amount(element: Element, above: tuple[int, ...]) -> int:
        if id(element) in above or len(above) > 2 * MOST_DEEP:
            raise _unusable(_("it has a part that uses itself."))
        if id(element) not in known:
            inner = (*above, id(element))
            known[id(element)] = 1 + sum(amount(part, inner) for part in _parts(element, by_id))
        if known[id(element)] > MOST_DRAWN:
            raise _unusable(_("it has too many parts."))
        return known[id(element)]

    amount(top, ())


def _parts(element: Element, by_id: dict[str, Element]) -> Iterator[Element]:
    yield from element
    if _name(element) == "use":
        target = element.get("href") or element.get(f"{XLINK}href") or ""
        if (used := by_id.get(target[1:])) is not None:
            yield used


def _unusable(why: str) -> UserError:
    return UserError(_(_UNUSABLE).format(why=why))

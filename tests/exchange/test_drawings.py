"""Drawings from anybody: what draws is kept, and nothing is loaded, run or drawn for ever."""

from __future__ import annotations

import time
from xml.etree.ElementTree import fromstring

import pytest

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.exchange.drawings import MOST_BYTES, cleaned

XMLNS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inner: str, head: str = "") -> bytes:
    return f'{head}<svg {XMLNS} viewBox="0 0 40 20">{inner}</svg>'.encode()


def bomb(levels: int, each: int = 10) -> bytes:
    """Each level uses the one before ten times."""
    parts = ['<g id="l0"><rect width="1" height="1"/></g>']
    for level in range(1, levels):
        uses = f'<use xlink:href="#l{level - 1}"/>' * each
        parts.append(f'<g id="l{level}">{uses}</g>')
    return svg(f"<defs>{''.join(parts)}</defs><use xlink:href='#l{levels - 1}'/>")


def test_a_plain_drawing_keeps_all_that_draws() -> None:
    drawing = svg(
        "<!-- Inkscape --><metadata><x/></metadata><title>Logo</title>"
        '<style>.a{fill:#0f6e66}</style><defs><linearGradient id="g"/></defs>'
        '<path class="a" d="M0 0h9v9z" fill="url(#g)"/><use xlink:href="#g"/>'
    )
    names = [element.tag.rpartition("}")[2] for element in fromstring(cleaned(drawing)).iter()]
    assert names == ["svg", "title", "style", "defs", "linearGradient", "path", "use"]


def test_scripts_events_and_other_files_are_left_out() -> None:
    drawing = svg(
        '<script>alert(1)</script><rect width="9" height="9" onclick="x()" '
        'style="fill:url(file:///etc/passwd)"/><a xlink:href="http://example.org"><g/></a>'
        '<animate attributeName="x"/><use href="other.svg#a"/>'
    )
    text = cleaned(drawing).decode()
    for word in ("script", "alert", "onclick", "passwd", "example.org", "animate", "other.svg"):
        assert word not in text


@pytest.mark.parametrize(
    ("drawing", "words"),
    [
        (b"<svg", "damaged"),
        (b"<html/>", "no SVG drawing"),
        (svg('<image href="file:///etc/passwd"/>'), "a part called “image”"),
        (svg('<image href="data:image/png;base64,AAAA"/>'), "a part called “image”"),
        (svg("<foreignObject/>"), "a part called “foreignObject”"),
        (svg('<defs><filter id="f"/></defs>'), "a part called “filter”"),
        (svg("<style>@import 'http://example.org/x.css';</style>"), "refers to other files"),
        (svg("<style>rect{fill:url( 'x.svg#a' )}</style>"), "refers to other files"),
        (svg('<g id="a"><use href="#a"/></g>'), "uses itself"),
        (svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'), "uses itself"),
        (svg("<g>" * 80 + "</g>" * 80), "nested too deeply"),
        (svg("<rect/>" * 20_001), "too many parts"),
        (bomb(9), "too many parts"),
        (svg("", '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>'), "damaged"),
        (svg("", '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "damaged"),
        (svg(" " * MOST_BYTES), "larger than 2 MB"),
    ],
)
def test_what_could_harm_is_refused_in_words_and_fast(drawing: bytes, words: str) -> None:
    began = time.process_time()
    with pytest.raises(UserError, match=words) as refused:
        cleaned(drawing)
    assert "Save it as a PNG picture" in str(refused.value)
    assert time.process_time() - began < 2

"""Finds out in which encoding a text file was written, so that names arrive as they were typed."""

from __future__ import annotations

import codecs
import re

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import _

SAMPLE = 200_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MANY_BYTES = ("shift_jis", "gb18030", "big5", "euc_kr", "euc_jp")
_OTHER_SCRIPTS = ("cp1251", "cp1253", "cp1255", "cp1256", "koi8_r")
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")


def decoded(name: str, data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text of a file, and the encoding it was read with."""
    encoding = encoding or _marked(data) or _guessed(name, data)
    try:
        text = data.decode(encoding)
    except LookupError:
        raise UserError(
            _("There is no encoding called “{name}”. Try utf-8 or cp1252.").format(name=encoding)
        ) from None
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise UserError(
            _(
                "“{name}”, line {n}: a character is damaged. Type that word anew, or save the "
                "list again as “CSV UTF-8”."
            ).format(name=name, n=line)
        ) from None
    return text.removeprefix("\ufeff"), encoding


def _marked(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    return _unmarked_utf16(data)


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without its mark: every second byte of Western text is zero."""
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    most = len(sample) // 5
    if odd > most and not even:
        return "utf-16-le"
    return "utf-16-be" if even > most and not odd else None


def _guessed(name: str, data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    if b"\0" in data[:4096]:
        raise UserError(
            _("“{name}” is not a table. Choose a CSV, XLSX, XLS or ODS file.").format(name=name)
        )
    if _is_nearly_utf8(data):
        return "utf-8"
    sample = data[:SAMPLE]
    words = [word for word in _WORD.findall(sample) if max(word) > 127]
    letters = sum(map(len, words))
    high = sum(byte > 127 for word in words for byte in word)
    guess = _of_other_script(sample) if high * 5 > letters * 3 and high > 3 else _of_latin(sample)
    return guess if _can_read(data, guess) else "latin-1"


def _is_nearly_utf8(data: bytes) -> bool:
    """A UTF-8 file in which a few bytes are damaged is told by its line, not read wrongly."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(not char.isascii() for char in text) - broken
    return whole > 10 * broken


def _can_read(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _of_latin(sample: bytes) -> str:
    """Western, Central European or Turkish letters; Western unless something speaks against it."""
    high = {byte for byte in sample if byte > 127}
    turkish, acute = {0xF0, 0xFD, 0xFE, 0xDD, 0xDE, 0xD0}, {0xE1, 0xED, 0xF3, 0xE6, 0xFA}
    if high & turkish and not high & acute:
        return "cp1254"
    # Signs such as £ ¹ ³ ¿ inside a word are Polish letters; š and ž are rare in the West.
    inside = re.findall(rb"[\xa3\xa5\xaf\xb3\xb9\xbf](?=[a-z\x80-\xff])|(?<=[a-z])[\xb3\xb9\xbf]",
                        sample)  # fmt: skip
    eastern = len(inside) + sum(map(sample.count, b"\x8a\x9a\x8e\x9e\x8c\x9c\x8f\x9f"))
    western = sum(map(sample.count, b"\xe5\xc5\xe0\xc0"))
    return "cp1250" if eastern > western else "cp1252"


def _of_other_script(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=[*_MANY_BYTES, "cp1251"]).best()
    if best is not None and best.encoding in _MANY_BYTES:
        return best.encoding
    return min(_OTHER_SCRIPTS, key=lambda encoding: _oddities(sample.decode(encoding, "replace")))


def _oddities(text: str) -> float:
    """What no real text has: signs and capitals inside words, words that begin small."""
    words = [w for w in re.findall(r"[^\s\d!-/:-@\[-`{-~]+", text) if not w.isascii()]
    odd = 0.0
    for word in words:
        odd += sum(not (c.isalpha() or c in "’-") for c in word) * 2
        odd += sum(a.islower() and b.isupper() for a, b in zip(word, word[1:], strict=False))
        odd += 0.5 * word[0].islower()
    return odd

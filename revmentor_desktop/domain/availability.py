"""When somebody can meet, out of what they wrote: "Mornings", "Mon-Wed", "not Fridays"."""

from __future__ import annotations

import re

from revmentor_desktop.domain.base import fold

_DAYS = (
    ("mon", "mon|mo|monday|mondays|montag|montags"),
    ("tue", "tue|tues|tu|di|tuesday|tuesdays|dienstag|dienstags"),
    ("wed", "wed|we|mi|wednesday|wednesdays|mittwoch|mittwochs"),
    ("thu", "thu|thur|thurs|th|do|thursday|thursdays|donnerstag|donnerstags"),
    ("fri", "fri|fr|friday|fridays|freitag|freitags"),
)
_DAY_OF = {word: day for day, words in _DAYS for word in words.split("|")}
_ORDER = [day for day, _words in _DAYS]
_HALVES = {
    "am": "am|morning|mornings|vormittag|vormittags|morgens|fruh",
    "pm": "pm|afternoon|afternoons|nachmittag|nachmittags|evening|evenings|abends",
}
_HALF_OF = {word: half for half, words in _HALVES.items() for word in words.split("|")}
_ANY = frozenset(
    (
        "any", "anytime", "always", "flexible", "flexibel", "immer", "jederzeit", "weekdays",
        "daily", "taglich", "werktags",
    )
)  # fmt: skip
_NOT = re.compile(r"\b(not|no|except|but|never|nicht|kein|keine|ausser|aber)\b")
_TO = frozenset(("-", "–", "to", "bis", "until"))
_WORD = re.compile(r"[a-z]+|-|–")


def half_days(text: str) -> frozenset[str]:
    """The half days from Monday to Friday that a text names, e.g. ``"tue am"``.

    Empty where it names none: then nothing is known. "Mornings" is every morning, "Monday" the
    whole day; what follows "not" or "except" is taken away.
    """
    wanted, refused = frozenset[str](), frozenset[str]()
    for clause in re.split(r"[,;.\n]|\band\b|\bund\b", fold(text).replace("ß", "ss")):
        said, _no, without = _parts(clause)
        wanted |= _named(said)
        refused |= _named(without)
    if not wanted and refused:
        wanted = _all(_ORDER, ("am", "pm"))
    return wanted - refused


def _parts(clause: str) -> tuple[str, str, str]:
    found = _NOT.search(clause)
    if found is None:
        return clause, "", ""
    return clause[: found.start()], found.group(), clause[found.end() :]


def _named(text: str) -> frozenset[str]:
    words = _WORD.findall(text)
    days: list[str] = []
    halves: list[str] = []
    is_range = False
    for word in words:
        if word in _TO:
            is_range = bool(days)
        elif (day := _DAY_OF.get(word)) is not None:
            first = _ORDER.index(days[-1]) + 1 if is_range else _ORDER.index(day)
            days += _ORDER[first : _ORDER.index(day) + 1]
            is_range = False
        elif word in _HALF_OF:
            halves.append(_HALF_OF[word])
    if not days and not halves and not _ANY.intersection(words):
        return frozenset()
    return _all(days or _ORDER, tuple(halves) or ("am", "pm"))


def _all(days: list[str], halves: tuple[str, ...]) -> frozenset[str]:
    return frozenset(f"{day} {half}" for day in days for half in halves)

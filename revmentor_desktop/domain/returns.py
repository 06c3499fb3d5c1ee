"""Forms that are filled in and come back: the names of their fields, and the signed token.

The token says which form it is, e.g. ``RM1.P017.3.`` and a signature: the third planned session of
pair 17. It stands in a field that nobody sees, in the QR code and, to be typed, under it.
"""

from __future__ import annotations

import hmac
import re
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from revmentor_desktop.domain.base import clean
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import _

KEY_BYTES = 32
_VERSION = "RM1"
_SIGNATURE_BYTES = 10
_SIGNATURE_LETTERS = 16
_SHAPE = re.compile(r"RM1\.([PS])(\d{1,12})\.(\d{1,12})\.([A-Z2-7]{16})")
_LANGUAGE_MARK = re.compile("\x1b[^\x1b]*\x1b")
_MISREAD = str.maketrans("018", "OIB")
"""Digits that base 32 does not have, typed for the letters they look like."""


class UnknownForm(UserError):  # noqa: N818 - a sentence for the user, as its base is
    """What was read is not the token of a form of ours."""


class WrongSignature(UserError):  # noqa: N818 - a sentence for the user, as its base is
    """The token looks like ours and was not made with this file."""


class FormKind(Enum):
    """What a form is about; the value is the letter in its token."""

    SESSION = "P"
    INTEREST = "S"


@dataclass(frozen=True, slots=True)
class FormToken:
    """Which form it is.

    ``subject_id``: the pair of a session log, the staff member of an interest form. ``number``: the
    planned session of the pair, counted from 1; the programme that the person is invited to.
    """

    kind: FormKind
    subject_id: int
    number: int


def make_token(key: bytes, form: FormToken) -> str:
    """The token of a form, e.g. ``RM1.P017.3.`` and 16 letters, signed with the file's key."""
    said = f"{_VERSION}.{form.kind.value}{form.subject_id:03d}.{form.number}"
    return f"{said}.{_signature(key, said)}"


def read_token(key: bytes, text: str) -> FormToken:
    """Which form a token stands for, also one typed from paper.

    Raises UnknownForm where the text is no token of ours, WrongSignature where it was not made with
    this key. That the pair or person is still in the file is for the caller to see.
    """
    found = _SHAPE.fullmatch(_as_printed(text))
    if found is None:
        raise UnknownForm(
            _("This is not a form made by RevMentor Desktop. Check that it is the right file.")
        )
    letter, subject, number, signature = found.groups()
    form = FormToken(FormKind(letter), int(subject), int(number))
    made = make_token(key, form)
    if not hmac.compare_digest(made.rpartition(".")[2], signature):
        raise WrongSignature(
            _(
                "The code on this form was not made with this programme's file. Open the file "
                "that the form was printed from, or type the form in by hand."
            )
        )
    return form


def _signature(key: bytes, said: str) -> str:
    digest = hmac.new(key, said.encode("ascii"), "sha256").digest()
    return b32encode(digest[:_SIGNATURE_BYTES]).decode("ascii")


def _as_printed(text: str) -> str:
    """The token as it was printed: capitals, no blanks, no digits that the signature has not."""
    plain = "".join(text.split()).upper()
    return plain[:-_SIGNATURE_LETTERS] + plain[-_SIGNATURE_LETTERS:].translate(_MISREAD)


TOKEN = "rm_token"
DATE, MINUTES, FORMAT = "date", "minutes", "format"
STATE, MOVED_BY = "state", "moved_by"
OTHER_TOPICS = "other_topics"
NEXT_DATE, CHANGE, NOTE = "next_date", "change", "note"
ACTIONS = 4
"""How many actions a session log has room for; each is three fields."""

OTHER_OFFERS, OTHER_WANTS = "other_offers", "other_wants"
KNOWN, AGREES = "known", "agrees"
TICKED = "Yes"
"""The value of a box that is ticked."""


def action_field(number: int, part: str) -> str:
    """The field of the text, owner or due date (``part``) of an action, counted from 1."""
    return f"action_{number}_{part}"


def topic_field(topic_id: int) -> str:
    """The box that says that a topic was talked about."""
    return f"topic_{topic_id}"


def offer_field(topic_id: int) -> str:
    """The box that says that somebody can bring a topic."""
    return f"offers_{topic_id}"


def level_field(topic_id: int) -> str:
    """The level, 1 to 4, at which somebody can bring a topic."""
    return f"level_{topic_id}"


def want_field(topic_id: int) -> str:
    """The box that says that somebody would like to learn a topic."""
    return f"wants_{topic_id}"


def half_day_field(half_day: str) -> str:
    """The box of a half day such as ``tue am``, as availability.half_days names it."""
    return f"free_{half_day.replace(' ', '_')}"


def meeting_field(meeting: str) -> str:
    """The box of a way to meet, by the value of its MeetingFormat."""
    return f"meets_{meeting.replace(' ', '_')}"


def plain_text(value: object) -> str:
    """The value of a field as it is kept, out of what any program may have written.

    Of a list its first entry; line breaks as ``\\n``, composed characters, no control characters
    and none of the language marks that PDF allows inside a text.
    """
    if isinstance(value, list | tuple):
        value = value[0] if value else ""
    text = _LANGUAGE_MARK.sub("", str(value))
    return clean(text.replace("\r\n", "\n").replace("\r", "\n"))


def topics_of(values: Mapping[str, str], prefix: str) -> dict[int, str]:
    """The answers by topic of the fields ``prefix`` and a topic's number, blank ones left out."""
    found = {}
    for name, value in values.items():
        head, _line, number = name.rpartition("_")
        if head == prefix and number.isdecimal() and value not in ("", "Off"):
            found[int(number)] = value
    return found

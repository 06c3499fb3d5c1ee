"""What every mapped class shares: constraint names, column types, clean text, folded keys."""

from __future__ import annotations

import json
import unicodedata
from enum import Enum
from functools import lru_cache
from typing import Any, overload

from sqlalchemy import ColumnElement, MetaData, String, func
from sqlalchemy import Enum as EnumType
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

LEDGER = {"ledger": True}
"""``info`` of a table that only grows, or of a column that stays: no undo recording."""

TABLE = {"sqlite_autoincrement": True, "sqlite_strict": True}
"""Options of every table: ids are never reused (pair numbers stand on paper), types are kept."""


class Words(TypeDecorator[tuple[str, ...]]):
    """A short ordered list of words, stored as a JSON array."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:
        """The JSON text of the words."""
        return json.dumps(list(value or ()), ensure_ascii=False)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[str, ...]:  # noqa: ANN401
        """The words of the JSON text."""
        return tuple(json.loads(value)) if value else ()


def _enum_values(kind: type[Enum]) -> list[str]:
    return [str(member.value) for member in kind]


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False):
    """The base of the mapped classes; two objects are the same only if they are one object."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        Enum: EnumType(
            Enum, native_enum=False, create_constraint=True, values_callable=_enum_values
        )
    }


def clean(text: str) -> str:
    """Text as it may be stored: NFC, no control characters (SQL quoting cuts at NUL).

    A line break and a tab stay; everything else of the categories Cc, Cs and the bidirectional
    overrides goes.
    """
    if text.isascii() and text.isprintable():
        return text
    kept = (c for c in unicodedata.normalize("NFC", text) if not _is_unwanted(c))
    return "".join(kept)


def _is_unwanted(char: str) -> bool:
    if char in "\n\t":
        return False
    return unicodedata.category(char) in {"Cc", "Cs"} or char in "\u202a\u202b\u202c\u202d\u202e"


def fold(*parts: str | None) -> str:
    """The search key of some texts: NFKC and casefold, blank parts left out."""
    text = " ".join(part for part in parts if part)
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


_PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "ŧ": "t", "æ": "ae", "œ": "oe",
     "þ": "th"}
)  # fmt: skip
"""Letters that no decomposition takes apart."""


@overload
def collated(text: str) -> str: ...
@overload
def collated(text: None) -> None: ...
@lru_cache(maxsize=1 << 16)
def collated(text: str | None) -> str | None:
    """The key by which names and other words are sorted, on every screen and paper: letters
    without their marks and case, ß as ss. SQL knows it as ``collated`` too, see ``in_order``.
    """
    if text is None or text.isascii():
        return text and text.casefold()
    letters = unicodedata.normalize("NFKD", text.casefold()).translate(_PLAIN)
    return "".join(char for char in letters if not unicodedata.combining(char))


def in_order(column: Any) -> ColumnElement[str]:  # noqa: ANN401
    """By what rows are sorted that go by a name or another text."""
    return func.collated(column)

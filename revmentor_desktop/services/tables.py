"""One table for all: a column is declared once and serves screen, filter, clipboard and export."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Generic, Literal, TypeVar

from sqlalchemy import ColumnElement, Select, String
from sqlalchemy.orm import Session

from revmentor_desktop.domain.base import in_order
from revmentor_desktop.i18n import format_date_short, ngettext

Row = TypeVar("Row")
Key = TypeVar("Key")
Chip = Literal["ok", "warn", "bad", "info", "plain"]


@dataclass(frozen=True, slots=True)
class Editor:
    """How a cell is edited in place. ``choices`` gives (value, text); ``strict``: only those."""

    kind: Literal["text", "number", "date", "choice", "tokens", "yesno"]
    choices: Callable[[Session], Sequence[tuple[object, str]]] | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column of a table.

    ``value`` is the native value for editor and export, ``text`` what is shown, copied and
    searched, ``order`` the SQL sort expressions on stored keys (texts among them are put
    ``in_order``), ``chip`` the kind of a status chip. ``title`` is marked with N_ and translated
    when shown.
    """

    key: str
    title: str
    value: Callable[[Row], object]
    text: Callable[[Row], str]
    order: Callable[[], Sequence[Any]]
    width: int = 140
    align: Literal["left", "right"] = "left"
    shown: bool = True
    editor: Editor | None = None
    chip: Callable[[Row], Chip] | None = None
    strong: bool = False
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice that narrows a table; ``title`` is its first entry, e.g. "All departments"."""

    key: str
    title: str
    choices: Sequence[tuple[object, str]]


class TableSource(ABC, Generic[Row]):
    """What a table shows: ids in an order, rows by id, and what can be changed in it."""

    name: ClassVar[str]
    reads: ClassVar[frozenset[str]]
    columns: tuple[Column[Row], ...]

    def column(self, key: str) -> Column[Row]:
        """The column of that key."""
        return next(column for column in self.columns if column.key == key)

    def ids(
        self, session: Session, order: str, descending: bool, filters: Mapping[str, object]
    ) -> list[int]:
        """The ids of all rows that pass the filters, in the order of one column."""
        statement = self._ordered(self._ids(), order, descending, filters)
        return list(session.scalars(statement))

    def search_texts(
        self, session: Session, order: str, descending: bool, filters: Mapping[str, object]
    ) -> list[str]:
        """The folded search text of each row, in the same order as ``ids``."""
        statement = self._ordered(self._search(), order, descending, filters)
        return list(session.scalars(statement))

    def counted(self, n: int) -> str:
        """So many of them, in words: "3 people"."""
        return ngettext("{n} row", "{n} rows", n)

    @abstractmethod
    def rows(self, session: Session, ids: Sequence[int]) -> dict[int, Row]:
        """The rows of these ids, as frozen plain data."""

    @abstractmethod
    def set_values(
        self, session: Session, ids: Sequence[int], values: Mapping[str, object]
    ) -> None:
        """Change columns of some rows at once; a UserError refuses the whole."""

    @abstractmethod
    def delete(self, session: Session, ids: Sequence[int]) -> None:
        """Delete some rows with all that hangs on them."""

    @abstractmethod
    def filter_choices(self, session: Session) -> tuple[Filter, ...]:
        """The filters that make sense for what is in the table now."""

    @abstractmethod
    def _ids(self) -> Select[int]:
        """Select the ids, joined with all that an order or a filter needs."""

    @abstractmethod
    def _search(self) -> Select[str]:
        """Select the search texts with the same joins."""

    @abstractmethod
    def _where(self, filters: Mapping[str, object]) -> Sequence[ColumnElement[bool]]:
        """The conditions of the chosen filters."""

    def _ordered(
        self,
        statement: Select[Any],
        order: str,
        descending: bool,
        filters: Mapping[str, object],
    ) -> Select[Any]:
        expressions = [_by_key(one) for one in self.column(order).order()]
        if descending:
            expressions = [expression.desc() for expression in expressions]
        return statement.where(*self._where(filters)).order_by(*expressions)


def chunks(ids: Sequence[Key], size: int = 900) -> list[Sequence[Key]]:
    """The ids in portions that fit into one SQL statement."""
    return [ids[start : start + size] for start in range(0, len(ids), size)]


def day_text(day: date | None) -> str:
    """A date as a table shows it; blank where there is none."""
    return format_date_short(day) if day is not None else ""


def set_each(
    session: Session,
    source: TableSource[Any],
    changes: Sequence[tuple[int, Mapping[str, object]]],
) -> None:
    """Change each row in its own way, all or none."""
    for id_, values in changes:
        source.set_values(session, [id_], values)


def _by_key(expression: ColumnElement[Any]) -> ColumnElement[Any]:
    """A text by its sort key; the stored keys of the staff are such already, and indexed."""
    is_key = (getattr(expression, "key", None) or "").endswith("_key")
    is_text = type(expression.type) is String and not is_key
    return in_order(expression) if is_text else expression

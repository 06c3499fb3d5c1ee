"""The people and the problems of a sheet, and the state of the check that finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from revmentor_desktop.domain.programmes import Role
from revmentor_desktop.exchange.cells import Cell, cell_text
from revmentor_desktop.exchange.sheets import Sheet
from revmentor_desktop.i18n import N_, _

LONGEST = 300
_FORMULA_ERRORS = re.compile(
    r"#(n/a|nv|ref!|bezug!|value!|wert!|name\?|div/0!|null!|num!|zahl!|spill!)", re.IGNORECASE
)
_NOTHING = re.compile(
    r"[-–—.?]{1,3}|n/a|n\.a\.|none|null|nil|\(blank\)|k\. ?a\.|keiner?|unbekannt|unknown|tb[cd]",
    re.IGNORECASE,
)


class Cause(Enum):
    """What lies behind a problem; the value is its heading."""

    NO_NAME = N_("Rows without a name")
    NOT_A_PERSON = N_("Rows that are not a person")
    DOUBLE = N_("The same person twice")
    EMAIL = N_("E-mail addresses")
    DATE = N_("Dates that do not exist")
    DATE_ORDER = N_("Dates in another order")
    BIRTH_YEAR = N_("Birth years")
    OTHER_NAME = N_("Numbers that are somebody else’s")
    MANAGER = N_("Managers")
    PART = N_("Parts in the programme")
    LONG_TEXT = N_("Cells that are too long")
    FORMULA = N_("Formulas that failed")


@dataclass(frozen=True, slots=True)
class SheetPerson:
    """One row of a list. ``manager_row``: the row of the manager; ``manager_text``: a manager who
    is not in the list, to be looked up in the register.
    """

    row: int
    full_name: str
    given_name: str
    family_name: str
    preferred_name: str = ""
    staff_number: str | None = None
    email: str = ""
    department: str = ""
    team: str = ""
    job_title: str = ""
    level: str = ""
    site: str = ""
    start_date: date | None = None
    birth_year: int | None = None
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    availability: str = ""
    offers: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    told_on: date | None = None
    manager_row: int | None = None
    manager_text: str = ""
    role: Role | None = None
    capacity: int | None = None
    not_before: date | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong in a row, and what is done about it unless she mends it.

    ``severity``: "row" (left out), "blank" (the cell is) or "note" (something was mended).
    """

    row: int
    column: str
    text: str
    repair: str
    cause: Cause = Cause.NOT_A_PERSON
    severity: str = "note"

    def sentence(self) -> str:
        """The whole in one line."""
        where = _("Row {n}").format(n=self.row)
        if self.column:
            where = _("{row}, {column}").format(row=where, column=self.column)
        return _("{where}: {what} {repair}").format(where=where, what=self.text, repair=self.repair)


@dataclass(frozen=True, slots=True)
class StaffSheet:
    """What a list holds: people, problems, and the columns whose dates can be read both ways.

    ``lost_managers``: how many people's manager is neither in the list nor in the register.
    """

    people: tuple[SheetPerson, ...]
    problems: tuple[Problem, ...]
    mapping: Mapping[int, str]
    unclear_dates: tuple[str, ...] = ()
    lost_managers: int = 0

    def by_cause(self) -> dict[str, tuple[Problem, ...]]:
        """The problems under the heading of their cause, those with most to lose first."""
        order = list(Cause)
        found: dict[Cause, list[Problem]] = {}
        for problem in sorted(self.problems, key=lambda problem: order.index(problem.cause)):
            found.setdefault(problem.cause, []).append(problem)
        return {_(cause.value): tuple(problems) for cause, problems in found.items()}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the file by its number."""

    number: int
    cells: tuple[Cell, ...]


class Reading:
    """The state of one check: the cells by field, and the problems that were found."""

    def __init__(
        self, sheet: Sheet, columns: Mapping[str, int], orders: Mapping[str, bool | None]
    ) -> None:
        self.header = frozenset(sheet.header)
        self.sheet = sheet
        self.columns = columns
        self.orders = orders
        self.problems: list[Problem] = []
        self._rows = dict(zip(sheet.numbers, sheet.rows, strict=True))

    def rows(self) -> Iterator[SheetRow]:
        """The rows in the order of the file."""
        return (SheetRow(number, cells) for number, cells in self._rows.items())

    def row(self, number: int) -> SheetRow:
        """The row of that number."""
        return SheetRow(number, self._rows[number])

    def cell(self, row: SheetRow, name: str) -> Cell:
        """The cell of a field; None where there is no such column or nothing is meant."""
        at = self.columns.get(name)
        if at is None:
            return None
        cell = row.cells[at]
        if not isinstance(cell, str) or len(cell) > 9:
            return cell
        if _NOTHING.fullmatch(cell):
            return None
        if _FORMULA_ERRORS.fullmatch(cell):
            what = _("“{text}” is a formula that failed.").format(text=cell)
            self.note(row, name, Cause.FORMULA, what, "blank")
            return None
        return cell

    def name(self, row: SheetRow, name: str) -> str:
        """A part of a name: there are people called Null and None."""
        at = self.columns.get(name)
        return self._cut(row, name, cell_text(row.cells[at])) if at is not None else ""

    def text(self, row: SheetRow, name: str) -> str:
        """The text of a field in one line."""
        return self._cut(row, name, cell_text(self.cell(row, name)))

    def lines(self, row: SheetRow, name: str) -> str:
        """The text of a field with its line breaks."""
        cell = self.cell(row, name)
        return "" if cell is None else str(cell)[: LONGEST * 10]

    def note(self, row: SheetRow, name: str, cause: Cause, text: str, repair: str) -> None:
        """Add a problem; ``repair``: "row" or "blank", else what was done in its own words."""
        column = self.sheet.header[self.columns[name]] if name in self.columns else ""
        done = {"row": _("The row is left out."), "blank": _("It is left blank.")}.get(repair)
        severity = repair if done else "note"
        problem = Problem(row.number, column, text, done or repair, cause, severity)
        if problem not in self.problems[-8:]:
            self.problems.append(problem)

    def _cut(self, row: SheetRow, name: str, text: str) -> str:
        if len(text) <= LONGEST:
            return text
        what = _("this is longer than {n} characters.").format(n=LONGEST)
        self.note(row, name, Cause.LONG_TEXT, what, _("The rest is left out."))
        return text[:LONGEST].rstrip()

"""Lists that leave the file: staff, pairs, sessions, changes as XLSX or CSV; dates as ICS."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from revmentor_desktop import i18n
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.ledger import Export
from revmentor_desktop.exchange import calendar_out, tables_out
from revmentor_desktop.i18n import _
from revmentor_desktop.services import benefits, programmes, today
from revmentor_desktop.services.pair_table import PairTable
from revmentor_desktop.services.session_table import SessionTable
from revmentor_desktop.services.staff_table import StaffTable
from revmentor_desktop.services.tables import TableSource
from revmentor_desktop.store.workspace import Workspace

Sheet = tuple[list[str], list[list[object]]]
KINDS = ("staff", "pairs", "sessions", "changes")


def export(
    workspace: Workspace, target: Path, what: str, programme_id: int | None, now: datetime
) -> int:
    """Write a list; the ending of ``target`` chooses XLSX, CSV or ICS. Returns how many rows.

    Headings are English in every language of the window, so that a script can rely on them.
    """
    ending = target.suffix.casefold()
    if ending == ".ics":
        count = _write_calendar(workspace, target, programme_id)
    elif ending in (".xlsx", ".csv"):
        with i18n.language("en_GB"):
            headings, rows = workspace.read(sheet, what, programme_id)
        write = tables_out.write_xlsx if ending == ".xlsx" else tables_out.write_csv
        write(target, what.capitalize(), headings, rows)
        count = len(rows)
    else:
        raise UserError(
            _("“{name}” must end in .xlsx, .csv or .ics. Choose one of these endings.").format(
                name=target.name
            )
        )
    workspace.write(record_export, what, count, now)
    return count


def record_export(session: Session, what: str, people: int, now: datetime) -> None:
    """The ledger knows what left the file, never who was on it."""
    session.add(Export(at=now, what=what, people=people))


def sheet(session: Session, what: str, programme_id: int | None) -> Sheet:
    """Headings and rows of a list: every column of its table, in a stable order."""
    if what not in KINDS:
        raise UserError(
            _("There is no list called “{what}”. Choose one of: {kinds}.").format(
                what=what, kinds=", ".join(KINDS)
            )
        )
    if what == "staff":
        return _table(session, StaffTable(programme_id), "full_name")
    if programme_id is None:
        raise UserError(_("There is no programme in this file yet. Make one first."))
    if what == "pairs":
        return _table(session, PairTable(programme_id), "code")
    if what == "sessions":
        return _table(session, SessionTable(programme_id), "held_on")
    headings = ["Change", "Heard", "Status", "Owner", "May be told"]
    return headings, [
        [c.text, c.heard_on, c.state_name, c.owner, "yes" if c.may_be_told else "no"]
        for c in benefits.changes(session, programme_id)
    ]


def _table(session: Session, source: TableSource[Any], order: str) -> Sheet:
    ids = source.ids(session, order, False, {})
    rows = source.rows(session, ids)
    cells: Sequence[Callable[[Any], object]] = [_cell(column) for column in source.columns]
    return (
        [_(column.title) for column in source.columns],
        [[cell(rows[id_]) for cell in cells] for id_ in ids],
    )


def _cell(column: Any) -> Callable[[Any], object]:  # noqa: ANN401
    """Dates and right-aligned figures leave as what they are, all else as the text shown."""

    def cell(row: Any) -> object:  # noqa: ANN401
        value = column.value(row)
        if isinstance(value, date) or column.align == "right":
            return value
        return column.text(row)

    return cell


def _write_calendar(workspace: Workspace, target: Path, programme_id: int | None) -> int:
    if programme_id is None:
        raise UserError(_("There is no programme in this file yet. Make one first."))
    events = workspace.read(_events, programme_id, workspace.file_uuid)
    calendar_out.write_ics(target, events)
    return len(events)


def _events(session: Session, programme_id: int, uuid: str) -> list[calendar_out.Event]:
    programme = programmes.find(session, programme_id)
    steps = today.plan(session, programme_id, programme.start_date)
    return [
        calendar_out.Event(
            uid=f"{uuid}-step-{step.id}", day=step.due, title=f"{programme.name}: {step.name}"
        )
        for step in steps
    ]

"""The one table at 100,000 people: what a keystroke, a sort and an edit cost, as ratios of one run.

Run: QT_QPA_PLATFORM=offscreen python tests/benchmarks/table.py [PEOPLE]
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings, QThreadPool
from PySide6.QtWidgets import QApplication
from sqlalchemy import insert
from sqlalchemy.orm import Session

from revmentor_desktop.domain.staff import StaffMember, folded_keys
from revmentor_desktop.gui import theme
from revmentor_desktop.gui.app import make_application
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.table.page import Empty, TablePage
from revmentor_desktop.jobs import files
from revmentor_desktop.services import staff
from revmentor_desktop.services.staff_table import StaffTable
from revmentor_desktop.store.workspace import Workspace

NOW = datetime(2026, 3, 2, 9, 0)
FIRST = ("Ann", "Ben", "Cara", "Dan", "Eva", "Finn", "Gina", "Hugo", "Ida", "Jan", "Kim", "Max")
LAST = ("Ash", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Larch", "Maple")
DEPARTMENTS = tuple(f"Department {number:02}" for number in range(40))
QUERIES = ("k", "ki", "kim", "kim m", "kim ma", "kim map", "zzz", "department 07", "ann ash 7")


def main(people: int) -> None:
    app = make_application()
    theme.apply(app, "light")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        workspace = Workspace.create(
            place / "Large.revmentor", data_dir=place / "data", clock=lambda: NOW
        )
        workspace.write(files.furnish, "Large")
        fill(workspace, people)
        context = Context(workspace, lambda: NOW)
        settings = QSettings(str(place / "settings.ini"), QSettings.Format.IniFormat)
        page = TablePage(
            context, StaffTable(None), "Staff", Empty("users", "", ""), settings, "Search"
        )
        page.resize(1240, 900)
        page.show()
        settle(app)
        print(f"{people:,} people, rows on the screen: {page.view.rowAt(page.view.height()) or 0}")
        measure(app, context, page)
        page.close()
        context.close()


def fill(workspace: Workspace, people: int) -> None:
    dice = random.Random(1)

    def a_person(number: int) -> dict[str, Any]:
        given, family = dice.choice(FIRST), f"{dice.choice(LAST)} {number}"
        return {
            "full_name": f"{given} {family}",
            "given_name": given,
            "family_name": family,
            "department": dice.choice(DEPARTMENTS),
            "site": f"Site {dice.randrange(12)}",
            "start_date": date(2010 + dice.randrange(15), 1 + dice.randrange(12), 3),
        }

    def add(session: Session) -> None:
        template = a_row(session)
        rows = [template | a_person(number) for number in range(people)]
        rows = [row | folded_keys(row) for row in rows]
        session.execute(insert(StaffMember), rows)

    workspace.write(add)


def a_row(session: Session) -> dict[str, Any]:
    """The columns of one stored person without the id."""
    id_ = staff.add(session, {"full_name": "Template Person"})
    session.flush()
    row = session.get(StaffMember, id_)
    assert row is not None
    values = {c.key: getattr(row, c.key) for c in StaffMember.__mapper__.column_attrs}
    session.delete(row)
    session.flush()
    values.pop("id")
    return values


def measure(app: QApplication, context: Context, page: TablePage) -> None:
    say("repaint from memory", best(lambda: repainted(app, page)))
    repaint = best(lambda: reset_and_painted(app, page))
    say("repaint of the unfiltered table, rows read anew", repaint)
    strokes = [best(lambda q=query: keystroke(app, page, q), 5) for query in QUERIES]  # type: ignore[misc]
    for query, stroke in zip(QUERIES, strokes, strict=True):
        say(f"keystroke to painted table, “{query}”", stroke, repaint)
    page.search.clear()
    settle(app)
    source = page.model.source
    for key in ("department", "full_name", "site"):
        sql = best(lambda k=key: context.read(source.ids, k, False, {}), 5)  # type: ignore[misc]
        sort = best(lambda k=key: sorted_and_painted(app, page, k), 5)  # type: ignore[misc]
        say(f"sort by {key}, painted", sort, sql, f"{(sort - sql) * 1000:.0f} ms beyond its SQL")
    edits = iter(range(1000))
    ids = [page.model.id_at(row) for row in range(15)]

    def commit() -> None:
        at = next(edits)
        values = {"site": f"Site {at}"}
        context.workspace.write(page.model.source.set_values, [ids[at % 15]], values)

    def edit() -> None:
        at = next(edits)
        page.model.set_values([ids[at % 15]], {"site": f"Site {at}"}, "Site changed")
        painted(app)

    committed = typical(commit, 15)
    say("commit of one cell", committed)
    say("edit of one cell, painted", typical(edit, 15), committed)


def keystroke(app: QApplication, page: TablePage, query: str) -> float:
    page.search.setText(query[:-1])
    page.model.finish_search()
    settle(app)
    start = time.perf_counter()
    forget_rows(page)
    page.search.setText(query)
    painted(app)
    return time.perf_counter() - start


def sorted_and_painted(app: QApplication, page: TablePage, key: str) -> None:
    page.model.sort_by(key, False)
    painted(app)


def forget_rows(page: TablePage) -> None:
    page.model._rows.clear()


def reset_and_painted(app: QApplication, page: TablePage) -> float:
    settle(app)
    forget_rows(page)
    start = time.perf_counter()
    page.model.beginResetModel()
    page.model.endResetModel()
    painted(app)
    return time.perf_counter() - start


def repainted(app: QApplication, page: TablePage) -> None:
    page.view.viewport().update()
    painted(app)


def painted(app: QApplication) -> None:
    """What was changed is on the screen: the posted update is the paint."""
    app.sendPostedEvents()


def settle(app: QApplication) -> None:
    QThreadPool.globalInstance().waitForDone(60_000)
    for _turn in range(20):
        app.processEvents()
        time.sleep(0.005)


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    took = action()
    return took if isinstance(took, float) else time.perf_counter() - start


def best(action: Callable[[], object], times: int = 10) -> float:
    return min(timed(action) for _turn in range(times))


def typical(action: Callable[[], object], times: int) -> float:
    return statistics.median(timed(action) for _turn in range(times))


def say(what: str, seconds: float, against: float | None = None, note: str = "") -> None:
    ratio = f"{seconds / against:6.2f}x" if against else " " * 7
    print(f"{what:<48} {seconds * 1000:8.1f} ms {ratio}  {note}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)

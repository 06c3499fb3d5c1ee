"""A programme with three mentors and four mentees, and the review of its proposal, on screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QThreadPool
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from sqlalchemy.orm import Session

from revmentor_desktop.domain.programmes import Role
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.review.window import ReviewWindow
from revmentor_desktop.services import programmes
from revmentor_desktop.services.programmes import ProgrammeRow
from revmentor_desktop.store.workspace import Workspace
from tests import factory
from tests.factory import enrolled, programme
from tests.gui.conftest import add_people

Open = Callable[..., ReviewWindow]
MENTORS = (
    ("Ida Iris", "Sales", "Red", "Oslo", ("Budgets",)),
    ("Jon Jasmin", "Finance", "Blue", "Porto", ("How projects are run",)),
    ("Kay Kelp", "Research", "Green", "Lyon", ()),
)
MENTEES = (
    ("Lou Lily", "Sales", "Red", "Porto", ("Budgets",)),
    ("Mia Moss", "Legal", "Grey", "Oslo", ("Budgets",)),
    ("Nat Nettle", "Legal", "Grey", "Lyon", ("How projects are run",)),
    ("Oda Oak", "Research", "Green", "Oslo", ()),
)


def fill(session: Session) -> int:
    """Lou may not be with Ida, nor Oda with Kay: they work in the same team."""
    spring = programme(session)
    for name, department, team, site, topics in MENTORS:
        enrolled(
            session, spring, name, Role.MENTOR, department=department, team=team, site=site,
            offers=topics, start_date=date(2024, 1, 1), job_title="Analyst",
        )  # fmt: skip
    for name, department, team, site, topics in MENTEES:
        enrolled(
            session, spring, name, Role.MENTEE, department=department, team=team, site=site,
            wants=topics, start_date=date(2002, 1, 1), job_title="Head",
        )  # fmt: skip
    return spring


@pytest.fixture
def workspace(tmp_path: Path, data_dir: Path) -> Iterator[Workspace]:
    """An open file with this programme, and with five people who are not in it."""
    with factory.workspace(tmp_path, "Ours", add_people, fill) as made:
        yield made


@pytest.fixture
def spring(context: Context) -> ProgrammeRow:
    """The programme, as the window knows it."""
    [row] = context.read(programmes.rows)
    return row


@pytest.fixture
def open_review(
    context: Context, spring: ProgrammeRow, settings: QSettings, qtbot: QtBot
) -> Iterator[Open]:
    """Opens the review and waits until the proposal is there; closes what a test leaves open."""
    made: list[ReviewWindow] = []

    def opened(only: frozenset[int] = frozenset()) -> ReviewWindow:
        window = ReviewWindow(context, spring, settings, only)
        made.append(window)
        with qtbot.waitExposed(window):
            window.show()
        qtbot.waitUntil(lambda: window.review is not None, timeout=20_000)
        return window

    yield opened
    for window in made:
        if isValid(window):
            window.close()
    QThreadPool.globalInstance().waitForDone(5000)
    QApplication.processEvents()


@pytest.fixture
def review_window(open_review: Open) -> ReviewWindow:
    """The review of the whole programme."""
    return open_review()


def names(window: ReviewWindow) -> dict[str, str]:
    """Who is proposed with whom: mentor -> mentee."""
    assert window.review is not None
    return {pair.mentor: pair.mentee for pair in window.review.suggestions}


def dialog_of(window: QWidget, kind: type[QDialog]) -> QDialog:
    """The open dialog of a kind."""
    [found] = [one for one in window.findChildren(kind) if one.isVisible()]
    return found

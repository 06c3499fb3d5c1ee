"""A window on a real file, with settings and data of its own, a fixed clock and the real look;
and a clean end: no work left in the pool, no window left on the screen."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt, QThreadPool
from PySide6.QtGui import QKeyEvent
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QInputDialog,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from revmentor_desktop.gui import app as gui_app
from revmentor_desktop.gui import theme
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.main_window import MainWindow
from revmentor_desktop.jobs import files
from revmentor_desktop.services import staff
from revmentor_desktop.store.workspace import Workspace

Clock = Callable[[], datetime]
PEOPLE = (
    ("Ann Ash", "Sales", "Oslo"),
    ("Bea Birch", "Finance", "Oslo"),
    ("Cid Cedar", "Sales", "Porto"),
    ("Dan Dogwood", "Research", "Porto"),
    ("Eve Elm", "Finance", "Lyon"),
)
ASKING = (
    (QFileDialog, "getOpenFileName getOpenFileNames getSaveFileName getExistingDirectory exec"),
    (QMessageBox, "about critical information question warning exec"),
    (QPrintDialog, "exec"),
    (QInputDialog, "getDouble getInt getItem getMultiLineText getText exec"),
)


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Without a screen unless one is asked for, so that pictures repeat."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return ["revmentor-desktop"]


@pytest.fixture(scope="session", autouse=True)
def look(qapp: QApplication) -> QApplication:
    """The bundled fonts and the light theme, as in the real program."""
    gui_app.make_application()
    theme.load_other_fonts()
    theme.apply(qapp, "light")
    theme.follow_system(qapp)
    return qapp


@pytest.fixture(autouse=True)
def no_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dialog that would wait for an answer fails the test, unless the test answers it."""

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a modal dialog was opened that nobody answers")

    for kind, names in ASKING:
        for name in names.split():
            monkeypatch.setattr(kind, name, refuse)


@pytest.fixture(autouse=True)
def clean_end(look: QApplication, no_questions: None) -> Iterator[None]:
    """After each test no work is left in the pool, no window on the screen, and the light theme.

    It is set up first, so that it ends last. What is there before the test is not looked through
    after it for what it left: that alone took a third of a second, a hundred thousand objects of
    the libraries.
    """
    gc.collect()
    gc.freeze()
    yield
    assert QThreadPool.globalInstance().waitForDone(5000), "a task is still running"
    _delete_what_is_due(look)
    left = [widget for widget in look.topLevelWidgets() if widget.isVisible()]
    for widget in left:
        widget.close()
        widget.deleteLater()
    _delete_what_is_due(look)
    if theme.tokens() is not theme.LIGHT:
        theme.apply(look, "light")
    assert not left, f"windows left open: {left}"


def _delete_what_is_due(app: QApplication) -> None:
    app.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own folder, apart from the user's."""
    folder = tmp_path / "data"
    monkeypatch.setenv("REVMENTOR_DATA_DIR", str(folder))
    return folder


@pytest.fixture
def clock(now: datetime) -> Clock:
    """A clock that stands still."""
    return lambda: now


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    """Machine settings, apart from the user's."""
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def organisation_file(tmp_path: Path, data_dir: Path, clock: Clock) -> Path:
    """A file that is closed."""
    path = tmp_path / "Harbour Bank.revmentor"
    files.new(path, "Harbour Bank", clock).close()
    return path


@pytest.fixture
def window(settings: QSettings, clock: Clock) -> Iterator[MainWindow]:
    """The main window with no file open; what it started has ended after the test."""
    made = MainWindow(settings, clock)
    made.expect(None)
    made.show()
    yield made
    made.close()
    made.deleteLater()
    QThreadPool.globalInstance().waitForDone(5000)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory, now: datetime) -> Path:
    """The sample programme, closed; made once, as that takes a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REVMENTOR_DATA_DIR", str(tmp_path_factory.mktemp("sample")))
        made = files.sample_copy(lambda: now)
        made.close()
        return made.path


@pytest.fixture
def sample_workspace(sample_file: Path, data_dir: Path, clock: Clock) -> Workspace:
    """An open copy of the sample programme; whoever adopts it closes it."""
    folder = data_dir / "sample"
    folder.mkdir(parents=True)
    shutil.copy(sample_file, folder)
    return files.open_file(folder / sample_file.name, clock)


@pytest.fixture
def sample_window(window: MainWindow, sample_workspace: Workspace) -> Iterator[MainWindow]:
    """The main window on the sample programme."""
    window.resize(1280, 800)
    window.adopt_workspace(sample_workspace)
    yield window
    window.close_file()


@pytest.fixture
def open_window(window: MainWindow, organisation_file: Path) -> MainWindow:
    """The main window on a file without a programme."""
    window.files.open_path(str(organisation_file))
    return window


@pytest.fixture
def dialog(window: MainWindow) -> Callable[[type[QDialog]], QDialog]:
    """Finds the dialog of a kind that is open."""

    def find(kind: type[QDialog]) -> QDialog:
        found = [one for one in window.findChildren(kind) if one.isVisible()]
        assert len(found) == 1, [type(one).__name__ for one in window.findChildren(QDialog)]
        return found[0]

    return find


@pytest.fixture
def workspace(tmp_path: Path, data_dir: Path, clock: Clock) -> Iterator[Workspace]:
    """An open file with five people in it."""
    made = files.new(tmp_path / "Ours.revmentor", "Ours", clock)
    made.write(_add_people)
    yield made
    made.close()


def _add_people(session: Session) -> None:
    for name, department, site in PEOPLE:
        staff.add(session, {"full_name": name, "department": department, "site": site})


@pytest.fixture
def context(look: QApplication, workspace: Workspace, clock: Clock) -> Iterator[Context]:
    """The three verbs on that file."""
    made = Context(workspace, clock)
    yield made
    made.cancel_all()
    made.deleteLater()


@pytest.fixture
def said(context: Context) -> Sequence[tuple[str, bool]]:
    """What the context says was done, and whether it can be undone."""
    heard: list[tuple[str, bool]] = []

    def hear(text: str, undoable: bool) -> None:
        heard.append((text, undoable))

    context.said.connect(hear)
    return heard


@pytest.fixture
def refused(context: Context) -> Sequence[str]:
    """The refusals that the window would show."""
    heard: list[str] = []
    context.refused.connect(heard.append)
    return heard


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[QWidget], None]:
    """Shows a widget and waits until it has painted; it is closed after the test."""

    def shown(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        with qtbot.waitExposed(widget):
            widget.show()

    return shown


@pytest.fixture
def type_text() -> Callable[[QWidget, str], None]:
    """Types any text, letter by letter; QTest.keyClicks aborts the process on "ë"."""

    def typed(widget: QWidget, text: str) -> None:
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(widget, event)

    return typed

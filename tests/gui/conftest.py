"""A window on a real file, with settings and data of its own, a fixed clock and the real look."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QThreadPool
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox

from revmentor_desktop.gui import app as gui_app
from revmentor_desktop.gui import theme
from revmentor_desktop.gui.main_window import MainWindow
from revmentor_desktop.jobs import files

Clock = Callable[[], datetime]


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Without a screen unless one is asked for, so that pictures repeat."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return ["revmentor-desktop"]


@pytest.fixture(scope="session", autouse=True)
def look(qapp: QApplication) -> QApplication:
    """The bundled fonts and the light theme, as in the real program."""
    gui_app.make_application()
    theme.apply(qapp, "light")
    return qapp


@pytest.fixture(autouse=True)
def no_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dialog that would wait for an answer fails the test, unless the test answers it."""

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a modal dialog was opened that nobody answers")

    for name in ("getOpenFileName", "getSaveFileName", "getExistingDirectory", "getOpenFileNames"):
        monkeypatch.setattr(QFileDialog, name, refuse)
    for name in ("question", "information", "warning", "critical"):
        monkeypatch.setattr(QMessageBox, name, refuse)


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
    made.show()
    yield made
    made.close()
    made.deleteLater()
    QThreadPool.globalInstance().waitForDone(5000)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


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

"""Starts the window: it paints first, then opens the file; without a screen it draws a picture."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from revmentor_desktop import __version__
from revmentor_desktop.gui import crash, icons, theme
from revmentor_desktop.gui.main_window import MainWindow
from revmentor_desktop.i18n import _
from revmentor_desktop.jobs import places

PAINTED_BY_MS = 400


def run(file: str | None = None, sample: bool = False) -> int:
    """Show the window on a file, on a copy of the sample programme, or on the last file."""
    if not has_screen():
        return _without_screen(sample)
    app = make_application()
    window = start(app, "sample" if sample else file)
    code = app.exec()
    window.deleteLater()
    _forget_viewed()
    return code


def make_application() -> QApplication:
    """The application with its look."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("RevMentor")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("revmentor-desktop")
    app.setWindowIcon(icons.app_icon())
    theme.load_first_font()
    return app


def start(app: QApplication, wanted: str | None = None) -> MainWindow:
    """Show the window, and once it has painted, open what is wanted."""
    folder = places.data_dir()
    crash.install(folder)
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    theme.apply(app, str(settings.value("theme", "system")))
    window = MainWindow(settings, datetime.now)
    window.expect(wanted)
    _AfterFirstPaint(window, partial(_go_on, app, window))
    window.show()
    return window


def _go_on(app: QApplication, window: MainWindow) -> None:
    """What the first paint did not need."""
    theme.follow_system(app)
    theme.load_other_fonts()
    _forget_viewed()
    window.begin()


def _forget_viewed() -> None:
    """Letters that were opened in the system's viewer do not stay behind."""
    from revmentor_desktop.jobs import viewed

    viewed.forget_viewed()


class _AfterFirstPaint(QObject):
    """Calls back once the window's first picture is on the screen, or might be hidden."""

    def __init__(self, window: MainWindow, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._then = window, then
        self._gone_on = False
        window.installEventFilter(self)
        self._late = QTimer(self, singleShot=True, interval=PAINTED_BY_MS)
        self._late.timeout.connect(self._go_on)
        self._late.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and watched is self._window:
            # Paint comes before the picture is flushed; a timer of nothing comes after it.
            QTimer.singleShot(0, self, self._go_on)
        return False

    def _go_on(self) -> None:
        if self._gone_on:
            return
        self._gone_on = True
        self._late.stop()
        self._window.removeEventFilter(self)
        self.deleteLater()
        self._then()


def has_screen() -> bool:
    """Whether a window can be shown: on Linux that needs a display that answers."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    display = os.environ.get("DISPLAY", "")
    host, _colon, number = display.partition(":")
    if not display or host not in ("", "unix"):
        return bool(display)
    return Path(f"/tmp/.X11-unix/X{number.partition('.')[0]}").exists()


def _without_screen(sample: bool) -> int:
    if not sample:
        sentence = _(
            "There is no screen here. revmentor-desktop --help tells what can be done without a "
            "window."
        )
        sys.stdout.write(f"{sentence}\n")
        return 2
    sys.stdout.write(_("There is no screen here, so the window cannot be shown.") + "\n")
    sys.stdout.flush()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from revmentor_desktop.gui import picture

    for what, path in picture.draw_sample():
        sys.stdout.write(f"{what}: {path}\n")
    return 0

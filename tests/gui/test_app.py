"""The program as a whole, in processes of its own: how it starts, what it loads, where it fails."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from revmentor_desktop.gui import app as gui_app
from revmentor_desktop.gui import crash
from revmentor_desktop.gui.crash_report import CrashReport
from tests import factory

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("scipy", "numpy", "openpyxl", "reportlab", "pikepdf", "pypdf", "pypdfium2", "babel")

START = """
import sys
from PySide6.QtCore import QTimer
from revmentor_desktop.gui import app as gui_app
app = gui_app.make_application()
window = gui_app.start(app, {path!r})
def when_open(then):
    if window.context is None:
        QTimer.singleShot(20, lambda: when_open(then))
    else:
        QTimer.singleShot(0, then)
"""


def run_program(code: str, data_dir: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a program offscreen with this checkout's package and a data folder of its own."""
    env = {name: value for name, value in os.environ.items() if name not in ("DISPLAY",)}
    env |= {"PYTHONPATH": str(ROOT), "REVMENTOR_DATA_DIR": str(data_dir), **variables}
    return subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", code],
        env=env, capture_output=True, text=True, timeout=100, check=False, encoding="utf-8",
    )  # fmt: skip


def offscreen(code: str, data_dir: Path, path: Path) -> str:
    """Start the window on a file, run ``code``, and return what it printed."""
    ran = run_program(
        START.format(path=str(path)) + code + "\nsys.exit(app.exec())\n",
        data_dir,
        QT_QPA_PLATFORM="offscreen",
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What a start on a file prints: one process answers for all, as each takes a second."""
    folder = tmp_path_factory.mktemp("start")
    code = f"""
from PySide6.QtCore import QEvent, QObject
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print("painted", window.context is not None)
            window.removeEventFilter(self)
        return False
watch = Watch()
window.installEventFilter(watch)
print("before", "sqlalchemy" in sys.modules)
def work():
    print("after", "sqlalchemy" in sys.modules, [n for n in {HEAVY!r} if n in sys.modules])
    before = sys.getrefcount(None)
    for number in range(25_000):
        window.setToolTip("")
        window.setUpdatesEnabled(True)
    for number in range(200):
        window.show_tab(("today", "staff", "pairs", "sessions", "benefits")[number % 5])
        window.repaint()
    print("lost", max(0, before - sys.getrefcount(None)))
    window.close()
when_open(work)
"""
    file = factory.new_file(folder, "Harbour Bank")
    return offscreen(code, folder / "data", file).splitlines()


@pytest.mark.xdist_group("start")
def test_qt_calls_that_return_nothing_lose_no_reference(start: list[str]) -> None:
    """A PySide6 that loses a reference to None at each of them aborts after a few thousand."""
    assert int(start[3].removeprefix("lost ")) < 2_000


@pytest.mark.xdist_group("start")
def test_nothing_heavy_is_loaded_at_start(start: list[str]) -> None:
    assert [start[0], start[2]] == ["before False", "after True []"]


@pytest.mark.xdist_group("start")
def test_the_window_paints_before_the_file_is_opened(start: list[str]) -> None:
    assert start[1] == "painted False"


def test_without_a_screen_it_says_so(data_dir: Path) -> None:
    code = "import sys; from revmentor_desktop.__main__ import main; sys.exit(main([]))"
    ran = run_program(code, data_dir, QT_QPA_PLATFORM="", WAYLAND_DISPLAY="")
    assert ran.returncode == 2
    assert ran.stdout.startswith("There is no screen here.")
    assert len(ran.stdout.splitlines()) == 1
    assert ran.stderr == ""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux may have no screen")
@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, False),
        ({"DISPLAY": ":4711"}, False),
        ({"DISPLAY": "somewhere:10.0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "offscreen"}, True),
    ],
)
def test_a_screen_is_a_display_that_answers(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: bool
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert gui_app.has_screen() is expected


def test_the_sample_without_a_screen_is_a_pack_and_a_picture(data_dir: Path) -> None:
    pytest.importorskip("revmentor_desktop.jobs.sample")
    pytest.importorskip("revmentor_desktop.jobs.pack")
    code = "import sys; from revmentor_desktop.__main__ import main; sys.exit(main(['--sample']))"
    ran = run_program(code, data_dir, QT_QPA_PLATFORM="", WAYLAND_DISPLAY="")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("There is no screen here")
    named = [Path(line.partition(": ")[2]) for line in ran.stdout.splitlines()[1:]]
    kinds = {path.suffix: path.read_bytes()[:4] for path in named}
    assert kinds[".pdf"] == b"%PDF"
    assert kinds[".png"] == b"\x89PNG"


def fail_with_a_name() -> BaseException:
    try:
        raise KeyError("Ann Ash <ann@example.org>")
    except KeyError as fault:
        return fault


def test_a_crash_report_tells_where_and_never_who(tmp_path: Path) -> None:
    text = crash.report(fail_with_a_name())
    assert "KeyError" in text
    assert "test_app.py:" in text
    assert "Ann" not in text
    assert "example.org" not in text
    assert str(tmp_path) not in text


def test_a_crash_report_is_plain_text_that_can_be_copied(
    look: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = CrashReport(crash.report(fail_with_a_name()))
    [shown] = dialog.findChildren(QPlainTextEdit)
    assert shown.isReadOnly()
    dialog._copy()
    from PySide6.QtGui import QGuiApplication

    assert QGuiApplication.clipboard().text() == shown.toPlainText()
    dialog.close()


def test_a_bug_in_a_slot_is_logged_without_personal_data(
    organisation_file: Path, data_dir: Path, clock: Callable[[], datetime]
) -> None:
    code = """
from revmentor_desktop.gui.crash_report import CrashReport
def fail():
    QTimer.singleShot(50, look)
    raise ValueError("Ann Ash is missing")
def look():
    reports = window.findChildren(CrashReport) or [
        one for one in app.topLevelWidgets() if isinstance(one, CrashReport)]
    print("reports", len(reports))
    for one in reports:
        one.close()
    window.close()
when_open(fail)
"""
    printed = offscreen(code, data_dir, organisation_file)
    assert printed.split() == ["reports", "1"]
    logged = (data_dir / "revmentor.log").read_text("utf-8")
    assert "ValueError" in logged
    assert "Ann" not in logged

"""How long the window takes to its first paint and to be of use, against a bare PySide6 window.

Run: python tests/benchmarks/start.py [rounds]. Each figure is the median over fresh processes,
taken in turn so that a busy machine slows all of them alike.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STAFF = 500
FIRST_PAINT_LIMIT, USABLE_LIMIT = 1.5, 4.0

BARE = """
import time; start = time.perf_counter()
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def event(self, event):
        done = super().event(event)
        if event.type() == QEvent.Type.Paint:
            print("paint", time.perf_counter() - start, flush=True)
            QTimer.singleShot(0, app.quit)
        return done
app = QApplication([])
window = Window()
window.resize(1280, 800)
window.show()
app.exec()
"""

OURS = """
import time; start = time.perf_counter()
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from revmentor_desktop.gui import app as gui_app
class Watch(QObject):
    painted = False
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            if not self.painted and watched is window:
                self.painted = True
                print("paint", time.perf_counter() - start, flush=True)
            tab = window.current_tab()
            if tab is not None and getattr(watched, "parent", lambda: None)() is tab.page.view:
                QTimer.singleShot(0, self.usable)
        return False
    def usable(self):
        print("usable", time.perf_counter() - start, flush=True)
        app.removeEventFilter(self)
        window.close()
app = gui_app.make_application()
watch = Watch()
window = gui_app.start(app, sys.argv[1])
app.installEventFilter(watch)
app.exec()
"""


def main(rounds: int) -> int:
    """Measure, print the figures and their ratios; 1 where a ratio is over its limit."""
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
            "REVMENTOR_DATA_DIR": folder,
            # An installed program has its bytecode; so has this one from its second round on.
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(Path(folder, "bytecode")),
        }
        path = make_file(Path(folder))
        bare, painted, usable = [], [], []
        for number in range(rounds + 1):
            base = figures(run(env, BARE))
            ours = figures(run(env, OURS, str(path)))
            if number:  # the first round only warms the caches
                bare.append(base["paint"])
                painted.append(ours["paint"])
                usable.append(ours["usable"])
    floor = statistics.median(bare)
    print(f"bare PySide6 window, first paint   {floor * 1000:6.0f} ms")
    good = told("first paint", statistics.median(painted), floor, FIRST_PAINT_LIMIT)
    return (
        0
        if told(f"usable, {STAFF} staff", statistics.median(usable), floor, USABLE_LIMIT) and (good)
        else 1
    )


def told(what: str, seconds: float, floor: float, limit: float) -> bool:
    """Print a figure with its ratio; whether it keeps to its limit."""
    ratio = seconds / floor
    verdict = "ok" if ratio <= limit else "OVER"
    print(f"{what:34s} {seconds * 1000:6.0f} ms   {ratio:4.2f}x (at most {limit}x)  {verdict}")
    return ratio <= limit


def run(env: dict[str, str], code: str, *arguments: str) -> str:
    """Run a program in a fresh process and return what it printed."""
    command: Sequence[str] = [sys.executable, "-c", code, *arguments]
    return subprocess.run(
        command, env=env, capture_output=True, text=True, check=True, timeout=60
    ).stdout


def figures(printed: str) -> dict[str, float]:
    """The first time of each name."""
    found: dict[str, float] = {}
    for line in printed.splitlines():
        name, seconds = line.split()
        found.setdefault(name, float(seconds))
    return found


def make_file(folder: Path) -> Path:
    """A file with staff and a programme, opened on the Staff tab."""
    os.environ["REVMENTOR_DATA_DIR"] = str(folder)
    sys.path.insert(0, str(ROOT))
    from PySide6.QtCore import QSettings

    from revmentor_desktop.jobs import files
    from revmentor_desktop.services import programmes, staff

    path = folder / "Start.revmentor"
    start = datetime(2026, 3, 2, 9, 0)

    def fill(session: object) -> None:
        for number in range(STAFF):
            values = {"full_name": f"Person {number:04d}", "department": f"Dept {number % 12}"}
            staff.add(session, values)  # type: ignore[arg-type]
        values = {
            "name": "Spring",
            "start_date": start.date(),
            "end_date": start.date().replace(month=9),
        }
        programmes.save(session, None, values)  # type: ignore[arg-type]

    with files.new(path, "Start", lambda: start) as workspace:
        workspace.write(fill)
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    settings.setValue("tab", "staff")
    settings.sync()
    return path


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))

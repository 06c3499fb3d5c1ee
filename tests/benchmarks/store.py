"""What durability and undo cost, as ratios within one process.

Run: python tests/benchmarks/store.py. A commit with synchronous=EXTRA against FULL, an open with
quick_check at 100,000 staff, and a bulk load with the undo triggers against one without.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
STAFF = 100_000
COMMITS = 200


def clock() -> datetime:
    return datetime(2026, 3, 2, 9)


def seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def main() -> None:
    from sqlalchemy import insert
    from sqlalchemy.orm import Session

    from revmentor_desktop.domain.staff import StaffMember, folded_keys
    from revmentor_desktop.jobs import files
    from revmentor_desktop.services import staff
    from revmentor_desktop.services.staff_import import _BLANK

    def load(session: Session, first: int, count: int) -> None:
        rows = []
        for number in range(first, first + count):
            values = {**_BLANK, "full_name": f"Person {number}", "staff_number": str(number)}
            rows.append({**values, **folded_keys(values)})
        session.execute(insert(StaffMember), rows)

    with tempfile.TemporaryDirectory() as folder:
        os.environ["REVMENTOR_DATA_DIR"] = folder
        path = Path(folder, "a.revmentor")
        workspace = files.new(path, "A", clock)
        plain = seconds(lambda: workspace.write(load, 0, 10_000))
        workspace.record_inverses()
        recorded = seconds(lambda: workspace.write(load, 10_000, 10_000))
        workspace.write(load, 20_000, STAFF - 20_000)
        commits = {}
        for mode in ("FULL", "EXTRA", "FULL", "EXTRA"):
            workspace._raw().execute(f"PRAGMA synchronous={mode}")
            taken = [
                seconds(lambda n=n: workspace.write(staff.save, n, {"team": f"Team {n}"}))  # type: ignore[misc]
                for n in range(1, COMMITS)
            ]
            commits[mode] = statistics.median(taken)
        workspace.close()
        reopened: list[float] = []
        for _round in range(5):
            start = time.perf_counter()
            workspace = files.open_file(path, clock)
            reopened.append(time.perf_counter() - start)
            workspace.close()
        empty = files.new(Path(folder, "b.revmentor"), "B", clock)
        empty.close()
        bare = statistics.median(
            seconds(lambda: files.open_file(Path(folder, "b.revmentor"), clock).close())
            for _round in range(5)
        )
    opened = statistics.median(reopened)
    print(
        f"one edit, EXTRA / FULL: {commits['EXTRA'] / commits['FULL']:.2f}x "
        f"({commits['EXTRA'] * 1000:.1f} ms)"
    )
    print(
        f"open with quick_check, {STAFF:,} staff: {opened * 1000:.0f} ms, "
        f"{opened / bare:.1f}x an empty file"
    )
    print(
        f"10,000 rows with undo recorded / without: {recorded / plain:.2f}x "
        f"({recorded * 1000:.0f} ms)"
    )


if __name__ == "__main__":
    main()

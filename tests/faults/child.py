"""What is killed: does one kind of work over and over and says each time that it is done."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from revmentor_desktop.jobs import files, import_staff, pack
from revmentor_desktop.services import staff
from revmentor_desktop.services.packs import Pack
from revmentor_desktop.store import migrations


def clock() -> datetime:
    return datetime(2026, 3, 2, 9, 0)


def say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def edits(file: Path, start: int) -> None:
    workspace = files.open_file(file, clock)
    workspace.record_inverses()
    say(-1)
    for number in range(start, start + 10_000):
        workspace.write(staff.add, {"full_name": f"Person {number}", "staff_number": str(number)})
        say(number)


def imports(file: Path, start: int) -> None:
    workspace = files.open_file(file, clock)
    say(-1)
    for number in range(start, start + 1000):
        sheet = file.with_name(f"list-{start}.csv")
        rows = "".join(f"{number}-{at},Person {number} {at},IT\n" for at in range(500))
        sheet.write_text("Staff number,Name,Department\n" + rows)
        read = import_staff.sheets.read_sheet(sheet)
        mapping = import_staff.columns.propose_mapping(read)
        plan = import_staff.Plan(read, import_staff.staff_sheet.check(read, mapping), None)
        import_staff.store(workspace, plan)
        say(number)


def packs(file: Path, start: int) -> None:
    workspace = files.open_file(file, clock)
    say(-1)
    for number in range(start, start + 1000):
        target = file.with_name("pack.pdf")
        chosen = Pack(1, pack.kinds("letters"), date(2026, 3, 2), pairs=(1, 2, 3, 4, 5, 6))
        pack.make_pack(workspace, target, chosen)
        say(number)


def migrate(file: Path, _start: int) -> None:
    def step(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE made_anew (id INTEGER PRIMARY KEY) STRICT")
        for number in range(400):
            connection.exec_driver_sql(f"INSERT INTO made_anew VALUES ({number})")
        connection.exec_driver_sql("ALTER TABLE staff ADD COLUMN extra TEXT")

    migrations.STEPS = (*migrations.STEPS, step)
    say(-1)
    files.open_file(file, clock)
    say(0)


if __name__ == "__main__":
    kind, path, first = sys.argv[1:]
    {"edits": edits, "imports": imports, "packs": packs, "migrate": migrate}[kind](
        Path(path), int(first)
    )

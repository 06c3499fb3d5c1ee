"""From an older file to this version's: numbered steps, all in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

Step = Callable[[Connection], None]
STEPS: Sequence[Step] = ()
"""``STEPS[n]`` leads from version n + 1 to version n + 2."""


def schema_version() -> int:
    """The version that this program writes."""
    return len(STEPS) + 1


def migrate(connection: Connection, version: int) -> None:
    """Take the steps that a file of ``version`` lacks, inside the caller's transaction."""
    for step in STEPS[version - 1 :]:
        step(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {schema_version()}")

"""From an older file to this version's: numbered steps, all in one transaction.

A step is frozen when it ships: it never reads the mapped classes, which go on changing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection

from revmentor_desktop.store import version_2

Step = Callable[[Connection], None]


def to_2(connection: Connection) -> None:
    """What the review decides and what is printed has tables; letters get an envelope's window.

    Sort keys lose their marks, so that Öztürk stands before Zlotkey.
    """
    rebuild(connection, version_2.TABLES, version_2.DEFAULTS, version_2.INDEXES)
    keys = ", ".join(f"{name}_key = collated({name}_key)" for name in version_2.SORTED)
    connection.exec_driver_sql(f"UPDATE staff SET {keys}")


STEPS: Sequence[Step] = (to_2,)
"""``STEPS[n]`` leads from version n + 1 to version n + 2."""


def schema_version() -> int:
    """The version that this program writes."""
    return len(STEPS) + 1


def migrate(connection: Connection, version: int) -> None:
    """Take the steps that a file of ``version`` lacks, inside the caller's transaction.

    Foreign keys must be off on the connection, or a table that is made anew would take its
    dependents with it (https://www.sqlite.org/lang_altertable.html#otheralter).
    """
    for step in STEPS[version - 1 :]:
        step(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {schema_version()}")


def rebuild(
    connection: Connection,
    tables: Mapping[str, str],
    defaults: Mapping[str, Mapping[str, str]],
    indexes: Sequence[str],
) -> None:
    """Make each table by its statement, with the rows of the one it replaces.

    ``defaults``: for the new columns of a table the SQL of their value. Numbers that were given
    out are never given again.
    """
    connection.exec_driver_sql("PRAGMA legacy_alter_table = ON")
    for table, statement in tables.items():
        old = _columns(connection, table)
        if not old:
            connection.exec_driver_sql(statement)
            continue
        connection.exec_driver_sql(f'ALTER TABLE "{table}" RENAME TO "old_{table}"')
        connection.exec_driver_sql(statement)
        values = {name: f'"{name}"' for name in _columns(connection, table) if name in old}
        values |= defaults.get(table, {})
        names, taken = ", ".join(f'"{name}"' for name in values), ", ".join(values.values())
        connection.exec_driver_sql(
            f'INSERT INTO "{table}" ({names}) SELECT {taken} FROM "old_{table}"'
        )
        _keep_numbers(connection, table)
        connection.exec_driver_sql(f'DROP TABLE "old_{table}"')
    for index in indexes:
        connection.exec_driver_sql(index)
    connection.exec_driver_sql("PRAGMA legacy_alter_table = OFF")


def _columns(connection: Connection, table: str) -> list[str]:
    return [row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{table}")')]


def _keep_numbers(connection: Connection, table: str) -> None:
    """The last number that was given out goes with the table's name."""
    last = connection.exec_driver_sql(
        "SELECT seq FROM sqlite_sequence WHERE name = ?", (f"old_{table}",)
    ).scalar()
    if last is None:
        return
    connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
    connection.exec_driver_sql("INSERT INTO sqlite_sequence VALUES (?, ?)", (table, last))

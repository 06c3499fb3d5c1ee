"""Undo by TEMP triggers that record the inverse SQL of every row change.

Follows https://www.sqlite.org/undoredo.html; the same log names the tables that changed.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, MetaData, Table, text

_LOG = "CREATE TEMP TABLE IF NOT EXISTS undo_log (seq INTEGER PRIMARY KEY, tbl TEXT, sql TEXT)"


@dataclass(frozen=True, slots=True)
class Inverse:
    """The SQL that takes one transaction back, newest change first."""

    statements: tuple[str, ...]
    tables: frozenset[str]


def install(connection: Connection, metadata: MetaData) -> None:
    """Make the triggers of every table that is not a ledger."""
    execute = connection.exec_driver_sql
    execute(_LOG)
    for table in metadata.sorted_tables:
        if not table.info.get("ledger"):
            for statement in _triggers(table):
                execute(statement)


def _triggers(table: Table) -> list[str]:
    name = table.name
    columns = [column.name for column in table.columns]
    # A table without an id (a link between two others) is known by its rowid.
    key = "id" if "id" in columns else "rowid"
    if key == "rowid":
        columns = ["rowid", *columns]
    old_values = " || ',' || ".join(f'quote(OLD."{c}")' for c in columns)
    listed = ",".join(f'"{c}"' for c in columns)
    stays = {key, *(column.name for column in table.columns if column.info.get("ledger"))}
    sets = " || ',' || ".join(f'\'"{c}"=\' || quote(OLD."{c}")' for c in columns if c not in stays)
    log = "INSERT INTO undo_log(tbl, sql) VALUES"
    return [
        f"CREATE TEMP TRIGGER undo_{name}_i AFTER INSERT ON main.{name} BEGIN {log}"
        f"('{name}', 'DELETE FROM main.{name} WHERE {key}=' || NEW.{key}); END",
        f"CREATE TEMP TRIGGER undo_{name}_u AFTER UPDATE ON main.{name} BEGIN {log}"
        f"('{name}', 'UPDATE main.{name} SET ' || {sets} || ' WHERE {key}=' || OLD.{key}); END",
        f"CREATE TEMP TRIGGER undo_{name}_d BEFORE DELETE ON main.{name} BEGIN {log}"
        f"('{name}', 'INSERT INTO main.{name}({listed}) VALUES(' || "
        f"{old_values} || ')'); END",
    ]


def collect(connection: Connection) -> Inverse:
    """Take the log of this transaction, newest first, and empty it."""
    rows = connection.execute(text("SELECT tbl, sql FROM temp.undo_log ORDER BY seq DESC")).all()
    connection.execute(text("DELETE FROM temp.undo_log"))
    return Inverse(tuple(row[1] for row in rows), frozenset(row[0] for row in rows))

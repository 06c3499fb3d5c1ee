"""The one open file: read, write with audit and undo, back up, close."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Concatenate, Generic, ParamSpec, Self, TypeVar

from sqlalchemy import Column, Connection, Engine, Integer, String, Table, insert, text, update
from sqlalchemy.orm import Session

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.ledger import AuditEntry
from revmentor_desktop.domain.schema import METADATA
from revmentor_desktop.i18n import _
from revmentor_desktop.store import backups, migrations, undo
from revmentor_desktop.store.atomic import sentence, sweep
from revmentor_desktop.store.backups import Backup
from revmentor_desktop.store.connection import APPLICATION_ID, connect, engine
from revmentor_desktop.store.faults import translated
from revmentor_desktop.store.guard import changed_underneath, identity, read_mark
from revmentor_desktop.store.lock import Lock, who
from revmentor_desktop.store.undo import Inverse

T = TypeVar("T")
P = ParamSpec("P")

_META = Table(
    "file_meta",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("uuid", String, nullable=False),
    Column("change_counter", Integer, nullable=False),
    info={"ledger": True},
    sqlite_strict=True,
)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a write returned, which tables it changed, and the way back where it is recorded."""

    value: T
    changed: frozenset[str]
    inverse: Inverse | None


class Workspace:
    """One open file. Reads and writes are serialised; every write is one transaction."""

    def __init__(self, path: Path, data_dir: Path, clock: Callable[[], datetime]) -> None:
        # A link and the file it leads to are one file with one lock, and a restore keeps the link.
        self.path = path.resolve() if path.is_symlink() else path.absolute()
        self._data_dir = data_dir
        self._clock = clock
        self._mutex = threading.RLock()
        self._recording = False
        self._changed = False
        self._lock = Lock(self.path, data_dir, clock())
        sweep(self._lock.note, self.path)
        try:
            self._engine = self._opened()
        except BaseException:
            self._lock.release()
            raise

    @classmethod
    def create(cls, path: Path, *, data_dir: Path, clock: Callable[[], datetime]) -> Self:
        """A new, empty file; an existing one is never written over."""
        path = path.absolute()
        if path.exists():
            raise UserError(
                _("“{name}” exists already and is never written over. Choose another name.").format(
                    name=path.name
                )
            )
        try:
            path.touch(mode=0o600, exist_ok=False)
        except OSError as fault:
            raise UserError(sentence(fault, path)) from fault
        try:
            _create(path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return cls(path, data_dir, clock)

    @classmethod
    def open(cls, path: Path, *, data_dir: Path, clock: Callable[[], datetime]) -> Self:
        """Open a file of ours: locked, checked, and brought to this version."""
        return cls(path, data_dir, clock)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session to read in, closed at once; what it changes is not kept."""
        with self._mutex, translated(self.path), Session(self._engine) as session:
            yield session
            session.rollback()

    def read(
        self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a query in a session of its own."""
        with self.reading() as session:
            return query(session, *args, **kwargs)

    def write(
        self, action: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Outcome[T]:
        """Run an action in one transaction with its audit row; any exception rolls back whole."""
        module = action.__module__.rpartition(".")[2]
        with self._mutex, translated(self.path), Session(self._engine) as session:
            with self._own_change(), session.begin():
                value = action(session, *args, **kwargs)
                session.flush()
                inverse = self._finish(session.connection(), f"{module}.{action.__name__}")
            self._mark = read_mark(self._raw())
        tables = inverse.tables if inverse else frozenset[str]()
        return Outcome(value, tables, inverse)

    def attempt(
        self, action: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Outcome[T]:
        """Run an action to see what would come of it, and keep nothing."""
        with self.reading() as session, self._own_change():
            return Outcome(action(session, *args, **kwargs), frozenset(), None)

    def replay(self, inverse: Inverse, name: str) -> Outcome[None]:
        """Take a transaction back, or the taking back; the outcome holds the way back."""
        with self._mutex, translated(self.path):
            with self._own_change(), self._engine.begin() as connection:
                connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
                for statement in inverse.statements:
                    connection.exec_driver_sql(statement)
                back = self._finish(connection, name)
            self._mark = read_mark(self._raw())
        return Outcome(None, inverse.tables, back)

    def record_inverses(self) -> None:
        """From now on every write can be undone; only the window asks for it."""
        with self._mutex, self._engine.begin() as connection:
            undo.install(connection, METADATA)
        self._recording = True

    def save_copy(self, target: Path) -> None:
        """A whole copy under another name; never over an existing file."""
        with self._mutex, self._own_change():
            backups.copy_to(self._raw(), target.absolute(), replace=False)

    def back_up(self, reason: str = "asked") -> Backup:
        """A dated, verified backup in the user's data folder."""
        with self._mutex, self._own_change():
            return backups.make(self._raw(), self._place, self._utc(), reason)

    def backups(self) -> list[Backup]:
        """The backups of this file, newest first."""
        return backups.listed(self._place)

    def restore(self, backup: Backup) -> None:
        """Go back to a backup; what is there now is backed up first. The undo log is gone."""
        with self._mutex:
            backups.check_backup(backup.path)
            self.back_up("restore")
            self._engine.dispose()
            source = connect(backup.path, "ro")
            try:
                backups.copy_to(source, self.path)
            finally:
                source.close()
                self._engine = self._opened()
            if self._recording:
                self.record_inverses()
            self._changed = True

    def close(self) -> None:
        """Back up if something changed, and free the file."""
        with self._mutex:
            if self._changed and identity(self.path) == self._seen:
                with suppress(UserError, OSError):
                    self.back_up("close")
            self._engine.dispose()
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _opened(self) -> Engine:
        """The open sequence: refuse, connect, check, migrate."""
        if refusal := backups.refuse(self.path):
            raise UserError(refusal)
        made = engine(self.path)
        try:
            with translated(self.path), made.connect() as connection:
                self._check(connection)
                version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
                self.file_uuid = connection.execute(text("SELECT uuid FROM file_meta")).scalar_one()
                connection.rollback()
            self._place = backups.folder(self._data_dir, self.file_uuid)
            if version < migrations.schema_version():
                backups.make(_raw(made), self._place, self._utc(), "migration")
                with translated(self.path):
                    _migrate(made, version)
            if (seen := identity(self.path)) is None:
                raise UserError(backups.refuse(self.path))
        except BaseException:
            made.dispose()
            raise
        self._seen = seen
        self._mark = read_mark(_raw(made))
        return made

    def _check(self, connection: Connection) -> None:
        whole = connection.exec_driver_sql("PRAGMA quick_check").scalar_one() == "ok"
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if not whole or broken is not None:
            raise UserError(backups.damaged(self.path))

    @contextmanager
    def _own_change(self) -> Iterator[None]:
        """Write only to what is still our file; what a rollback does to it is ours, too."""
        if identity(self.path) != self._seen:
            raise changed_underneath(self.path, self._raw(), self._mark, self._clock())
        try:
            yield
        finally:
            found = identity(self.path)
            if found is not None and found[:2] == self._seen[:2]:
                self._seen = found

    def _finish(self, connection: Connection, action: str) -> Inverse | None:
        connection.execute(insert(AuditEntry).values(at=self._utc(), who=who(), action=action))
        connection.execute(update(_META).values(change_counter=_META.c.change_counter + 1))
        self._changed = True
        return undo.collect(connection) if self._recording else None

    def _raw(self) -> Any:  # noqa: ANN401
        return _raw(self._engine)

    def _utc(self) -> datetime:
        return self._clock().astimezone(UTC).replace(tzinfo=None)


def _raw(made: Engine) -> Any:  # noqa: ANN401
    """The driver's own connection: StaticPool has just the one."""
    return made.raw_connection().driver_connection


def _migrate(made: Engine, version: int) -> None:
    # Neither pragma does anything inside a transaction.
    _raw(made).execute("PRAGMA foreign_keys = OFF")
    try:
        with made.begin() as connection:
            migrations.migrate(connection, version)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise ValueError("a migration left a row without the row that it belongs to")
    finally:
        _raw(made).execute("PRAGMA foreign_keys = ON")


def _create(path: Path) -> None:
    made = engine(path)
    try:
        with translated(path), made.begin() as connection:
            METADATA.create_all(connection)
            connection.execute(insert(_META).values(id=1, uuid=uuid.uuid4().hex, change_counter=0))
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {migrations.schema_version()}")
    finally:
        made.dispose()

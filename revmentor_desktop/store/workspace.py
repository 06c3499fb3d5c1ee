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

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Column, Connection, Engine, Integer, String, Table, insert, text, update
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.ledger import AuditEntry
from revmentor_desktop.domain.schema import METADATA
from revmentor_desktop.i18n import _
from revmentor_desktop.store import backups, migrations, undo
from revmentor_desktop.store.backups import Backup
from revmentor_desktop.store.connection import APPLICATION_ID, connect, engine
from revmentor_desktop.store.guard import FileChangedUnderneath, identity
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
        self.path = path.absolute()
        self._data_dir = data_dir
        self._clock = clock
        self._mutex = threading.RLock()
        self._recording = False
        self._changed = False
        self._lock = Lock(self.path, data_dir, clock())
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
            from revmentor_desktop.store.atomic import sentence

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
        with self._mutex, _translated(self.path), Session(self._engine) as session:
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
        with self._mutex, _translated(self.path), Session(self._engine) as session:
            self._guard()
            with session.begin():
                value = action(session, *args, **kwargs)
                session.flush()
                inverse = self._finish(session.connection(), f"{module}.{action.__name__}")
            self._seen = identity(self.path)
        tables = inverse.tables if inverse else frozenset[str]()
        return Outcome(value, tables, inverse)

    def attempt(
        self, action: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Outcome[T]:
        """Run an action to see what would come of it, and keep nothing."""
        with self.reading() as session:
            return Outcome(action(session, *args, **kwargs), frozenset(), None)

    def replay(self, inverse: Inverse, name: str) -> Outcome[None]:
        """Take a transaction back, or the taking back; the outcome holds the way back."""
        with self._mutex, _translated(self.path):
            self._guard()
            with self._engine.begin() as connection:
                connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
                for statement in inverse.statements:
                    connection.exec_driver_sql(statement)
                back = self._finish(connection, name)
            self._seen = identity(self.path)
        return Outcome(None, inverse.tables, back)

    def record_inverses(self) -> None:
        """From now on every write can be undone; only the window asks for it."""
        with self._mutex, self._engine.begin() as connection:
            undo.install(connection, METADATA)
        self._recording = True

    def save_copy(self, target: Path) -> None:
        """A whole copy under another name; never over an existing file."""
        with self._mutex:
            backups.copy_to(self._raw(), target.absolute(), replace=False)

    def back_up(self, reason: str = "asked") -> Backup:
        """A dated, verified backup in the user's data folder."""
        with self._mutex:
            return backups.make(self._raw(), self._place, self._utc(), reason)

    def backups(self) -> list[Backup]:
        """The backups of this file, newest first."""
        return backups.listed(self._place)

    def restore(self, backup: Backup) -> None:
        """Go back to a backup; what is there now is backed up first. The undo log is gone."""
        with self._mutex:
            self._guard()
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
            if self._changed:
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
            with _translated(self.path), made.connect() as connection:
                self._check(connection)
                version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
                self.file_uuid = connection.execute(text("SELECT uuid FROM file_meta")).scalar_one()
                connection.rollback()
            self._place = backups.folder(self._data_dir, self.file_uuid)
            if version < migrations.schema_version():
                backups.make(_raw(made), self._place, self._utc(), "migration")
                with _translated(self.path), made.begin() as connection:
                    migrations.migrate(connection, version)
        except BaseException:
            made.dispose()
            raise
        self._seen = identity(self.path)
        return made

    def _check(self, connection: Connection) -> None:
        whole = connection.exec_driver_sql("PRAGMA quick_check").scalar_one() == "ok"
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if not whole or broken is not None:
            raise UserError(backups.damaged(self.path))

    def _guard(self) -> None:
        if identity(self.path) == self._seen:
            return
        rescued = self.path.with_name(
            f"{self.path.stem} (rescued {self._clock():%Y-%m-%d %H%M%S}){self.path.suffix}"
        )
        try:
            backups.copy_to(self._raw(), rescued, replace=False)
        except (UserError, driver.Error):
            raise FileChangedUnderneath(
                _(
                    "“{name}” was changed or removed by another program. Nothing was written to "
                    "it. Open it again, or restore a backup."
                ).format(name=self.path.name)
            ) from None
        raise FileChangedUnderneath(
            _(
                "“{name}” was changed or removed by another program. Nothing was written to it; "
                "what you had is in “{rescued}”. Open the one that you want to go on with."
            ).format(name=self.path.name, rescued=rescued.name)
        )

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


def _create(path: Path) -> None:
    made = engine(path)
    try:
        with _translated(path), made.begin() as connection:
            METADATA.create_all(connection)
            connection.execute(insert(_META).values(id=1, uuid=uuid.uuid4().hex, change_counter=0))
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {migrations.schema_version()}")
    finally:
        made.dispose()


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """The environment's faults in plain words; all else is our bug and goes on as it is."""
    try:
        yield
    except (OperationalError, DatabaseError) as fault:
        reason = str(fault.orig)
        for sign, sentence in _FAULTS:
            if sign in reason:
                raise UserError(_(sentence).format(name=path.name)) from None
        raise


_FAULTS = (
    ("disk is full", "The disk is full, so the change was not kept. Make room and try again."),
    ("disk I/O error", "“{name}” could not be written: the disk may be full or was removed. "
     "Nothing was lost; try again."),
    ("readonly database", "“{name}” is read-only, so nothing can be changed. Save a copy "
     "elsewhere."),
    ("unable to open", "“{name}” cannot be written: its folder may be read-only. Save a copy "
     "elsewhere."),
    ("database is locked", "“{name}” is in use by another program. Wait a moment and try again."),
    ("malformed", "“{name}” is damaged. Restore it from a backup (File > Restore)."),
    ("not a database", "“{name}” is not a RevMentor file, or it is damaged."),
)  # fmt: skip

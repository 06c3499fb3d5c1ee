"""The one place where a file is connected; encryption will be added here and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from revmentor_desktop.domain.base import collated
from revmentor_desktop.store import strict  # noqa: F401 - registers the column types

APPLICATION_ID = 0x52764D74  # "RvMt"
PRAGMAS = (
    "cipher_log_level=NONE",
    "journal_mode=DELETE",
    "synchronous=EXTRA",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "temp_store=MEMORY",
    "busy_timeout=5000",
    # Rows of a search lie far apart: 64 MB at most, used only where the file is that large.
    "cache_size=-65536",
)


def connect(path: Path, mode: str = "rw") -> Any:  # noqa: ANN401
    """A raw connection. ``mode``: "ro", "rw" or "rwc"; a missing file is never made silently."""
    address = f"file:{quote(str(path.absolute()))}?mode={mode}"
    connection = driver.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    connection.create_function("collated", 1, collated, deterministic=True)
    if mode != "ro":
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    return connection


def engine(path: Path, mode: str = "rw") -> Engine:
    """An engine on one connection; it begins every transaction itself, and at once."""
    made = create_engine(
        "sqlite://",
        module=driver,
        creator=lambda: connect(path, mode),
        poolclass=StaticPool,
        hide_parameters=True,
    )
    event.listen(made, "begin", _begin_immediate)
    return made


def _begin_immediate(connection: Any) -> None:  # noqa: ANN401
    connection.exec_driver_sql("BEGIN IMMEDIATE")

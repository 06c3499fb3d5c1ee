"""The types that a STRICT table knows: every column is TEXT, INTEGER, REAL or BLOB."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Date, DateTime, Enum, String
from sqlalchemy.ext.compiler import compiles


@compiles(String, "sqlite")
@compiles(Enum, "sqlite")
@compiles(Date, "sqlite")
@compiles(DateTime, "sqlite")
def _text(_type: Any, _compiler: Any, **_keywords: Any) -> str:  # noqa: ANN401
    return "TEXT"


@compiles(Boolean, "sqlite")
def _integer(_type: Any, _compiler: Any, **_keywords: Any) -> str:  # noqa: ANN401
    return "INTEGER"

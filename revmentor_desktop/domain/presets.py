"""Matching rules and weights that the coordinator has kept under a name of her own."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from revmentor_desktop.domain.base import TABLE, Base


class Preset(Base):
    """``rules`` is the JSON text of ``domain.matching.rules.Rules``."""

    __tablename__ = "presets"
    __table_args__ = (UniqueConstraint("name"), CheckConstraint("name <> ''", name="named"), TABLE)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str]
    rules: Mapped[str]

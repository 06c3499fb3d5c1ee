"""Compiles each translation catalogue beside its source, before a wheel or an editable install."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledCatalogues(BuildHookInterface):
    """Named by ``tool.hatch.build.hooks.custom`` in pyproject.toml."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for source in sorted(Path(self.root, "resources", "locale").glob("**/*.po")):
            compile_catalogue(source)


def compile_catalogue(source: Path) -> None:
    """Written only where it changed, so that a checkout without right to write still installs."""
    from babel.messages import mofile, pofile

    with source.open("rb") as text:
        catalogue = pofile.read_po(text)
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return
    with target.open("wb") as binary:
        mofile.write_mo(binary, catalogue)

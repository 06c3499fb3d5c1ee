"""Writes the proposal to a file: a sheet, or a PDF to show to a sponsor."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from revmentor_desktop.gui.context import Context
from revmentor_desktop.i18n import _
from revmentor_desktop.services.programmes import ProgrammeRow
from revmentor_desktop.services.review import Review


def export_proposal(
    parent: QWidget, context: Context, programme: ProgrammeRow, review: Review, ending: str
) -> None:
    """Ask where, and write; said when it is done."""
    folder = context.workspace.path.parent
    kept = "".join(c if c.isalnum() or c in " -" else " " for c in programme.name)
    name = _("{programme} proposal").format(programme=" ".join(kept.split())[:60])
    chosen, _kind = QFileDialog.getSaveFileName(
        parent, _("Export the proposal"), str(folder / f"{name}{ending}"), f"*{ending}"
    )
    if not chosen:
        return
    path = Path(chosen)
    if path.suffix.casefold() != ending:
        path = path.with_name(path.name + ending)

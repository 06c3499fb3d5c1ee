"""Writes the proposal to a file: a sheet, or a report to show to a sponsor."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.progress_sheet import ProgressSheet
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.jobs import proposal_export
from revmentor_desktop.services.review import Review


class ProposalExport(QObject):
    """Asks where, and writes away from the window."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._window = context, window

    def choose_target(self, review: Review, ending: str) -> None:
        """Ask where the file goes; ``ending``: ".xlsx", ".csv" or ".pdf"."""
        folder = self._context.workspace.path.parent
        kept = "".join(c if c.isalnum() or c in " -" else " " for c in review.collected.programme)
        name = _("{programme} proposal").format(programme=" ".join(kept.split())[:60]).strip()
        chosen, _kind = QFileDialog.getSaveFileName(
            self._window, _("Export the proposal"), str(folder / f"{name}{ending}"), f"*{ending}"
        )
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.casefold() != ending:
            path = path.with_name(path.name + ending)
        self.write(review, path)

    def write(self, review: Review, path: Path) -> None:
        """Write the file."""
        task = self._context.start(
            proposal_export.export_proposal, self._context.workspace, path, review,
            self._context.now(), on_done=partial(self._on_written, path.name),
            on_failed=self._on_failed, label=_("Exporting the proposal"),
        )  # fmt: skip
        ProgressSheet(task, self._window)

    def _on_written(self, name: str, count: int) -> None:
        pairs = ngettext("{n} pair", "{n} pairs", count)
        text = _("{pairs} written to {name}").format(pairs=pairs, name=name)
        self._context.said.emit(text, False)

    def _on_failed(self, refusal: UserError) -> None:
        self._context.refused.emit(str(refusal))

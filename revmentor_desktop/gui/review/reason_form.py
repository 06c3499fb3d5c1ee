"""Asks why, for the record, before an exception is made or two people are kept apart."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.gui.dialog import FormDialog
from revmentor_desktop.gui.fields import LongField
from revmentor_desktop.gui.widgets import label
from revmentor_desktop.i18n import _


class ReasonForm(FormDialog):
    """A reason in her own words; ``kept`` stores it and may refuse."""

    def __init__(
        self,
        title: str,
        note: str,
        save_text: str,
        kept: Callable[[str], object],
        needed: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, save_text, parent)
        self._kept, self._needed = kept, needed
        self.top.addWidget(label(note, "muted", wrap=True))
        self.reason = LongField()
        self.add_row(_("&Reason"), self.reason)
        self.reason.setFocus()

    def save(self) -> None:
        """Hand the reason on, unless it is missing where it is needed."""
        reason = self.reason.value()
        if self._needed and not reason:
            raise UserError(_("Write a reason: it is kept with the pair, for the record."))
        self._kept(reason)

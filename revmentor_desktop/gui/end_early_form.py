"""Ending pairs early: nobody's fault, no reason needed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.dialog import FormDialog
from revmentor_desktop.gui.fields import TextField
from revmentor_desktop.gui.widgets import label
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services import pairs


class EndEarlyForm(FormDialog):
    """Reason and initiator, both optional."""

    def __init__(
        self, context: Context, pair_ids: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(_("End early"), _("End"), parent)
        self._context, self._ids = context, pair_ids
        self.top.addWidget(
            label(_("Either side may stop at any time without a reason. Their sessions stay on "
                    "record."), "muted", wrap=True)
        )  # fmt: skip
        self.reason, self.initiator = TextField(), TextField()
        self.add_row(_("&Reason (if they gave one)"), self.reason)
        self.add_row(_("&Who asked (if it matters)"), self.initiator)
        self.reason.setFocus()

    def save(self) -> None:
        """End the pairs."""
        text = ngettext("{n} pair ended early", "{n} pairs ended early", len(self._ids))
        self._context.do(
            text, pairs.end_early, self._ids, self._context.today(), self.reason.value(),
            self.initiator.value(),
        )  # fmt: skip

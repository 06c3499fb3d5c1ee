"""A stack of signed agreements that came back, ticked off in one list."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from revmentor_desktop.domain.pairs import STATE_NAMES
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.dialog import FormDialog
from revmentor_desktop.gui.fields import DateField
from revmentor_desktop.gui.tick_list import Tickable, TickList
from revmentor_desktop.gui.widgets import EmptyState, label
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services import issued


class AgreementsForm(FormDialog):
    """Which pairs have handed in their agreement; all of it is one step that can be undone."""

    def __init__(self, context: Context, programme_id: int, parent: QWidget | None = None) -> None:
        super().__init__(_("Signed agreements"), _("Tick off"), parent)
        self.resize(620, 620)
        self._context = context
        waiting = context.read(issued.agreements_out, programme_id)
        self.list = TickList(_("Agreements that are not in yet"))
        self.day = DateField(context.today())
        self.day.set_value(context.today())
        if waiting:
            said = _("Go through the stack: type a name or a number, and Enter ticks it.")
            self.top.addWidget(label(said, "muted", wrap=True))
            self.list.fill(
                [
                    Tickable(row.id, f"{row.code}  {row.names}", _(STATE_NAMES[row.state]))
                    for row in waiting
                ]
            )
            self.form.addRow(self.list)
            self.add_row(_("&Came back on"), self.day)
            self.list.search.setFocus()
        else:
            self.form.addRow(
                EmptyState(
                    "list-checks",
                    _("Nothing is waiting"),
                    _("No pair under way still has its agreement out."),
                )
            )
        self.list.changed.connect(self._on_ticked)
        self._on_ticked()

    def save(self) -> None:
        """Note the day on each of the ticked pairs."""
        ids = self.list.ticked()
        text = ngettext("{n} agreement ticked off", "{n} agreements ticked off", len(ids))
        day = self.day.value() or self._context.today()
        self._context.do(text, issued.tick_off_agreements, ids, day)

    def _on_ticked(self) -> None:
        count = len(self.list.ticked())
        self.save_button.setEnabled(count > 0)
        text = ngettext("Tick off {n} agreement", "Tick off {n} agreements", count)
        self.save_button.setText(text if count else _("Tick off"))

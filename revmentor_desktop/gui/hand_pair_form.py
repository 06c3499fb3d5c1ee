"""Pairing by hand: the same reasons as a proposal, and a warning where a rule is broken."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.dialog import FormDialog
from revmentor_desktop.gui.fields import ChoiceField
from revmentor_desktop.gui.widgets import label
from revmentor_desktop.i18n import _
from revmentor_desktop.services import proposals, staff_choices
from revmentor_desktop.services.programmes import ProgrammeRow
from revmentor_desktop.services.suggestions import Suggestion


class HandPairForm(FormDialog):
    """Two people of her choice become a proposed pair."""

    def __init__(
        self, context: Context, programme: ProgrammeRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Pair by hand"), _("Pair these two"), parent)
        self._context, self._programme = context, programme
        names = context.read(staff_choices.names)
        self.mentor = ChoiceField(names, strict=True)
        self.mentee = ChoiceField(names, strict=True)
        self.add_row(programme.mentor, self.mentor)
        self.add_row(programme.mentee, self.mentee)
        self.reason = label("", "muted", wrap=True)
        self.warning = label("", "error", wrap=True)
        self.form.addRow(self.reason)
        self.form.addRow(self.warning)
        for field in (self.mentor, self.mentee):
            field.currentIndexChanged.connect(self._on_chosen)
        self.mentor.setFocus()

    def _found(self) -> Suggestion:
        mentor, mentee = self.mentor.value(), self.mentee.value()
        if mentor is None or mentee is None:
            raise UserError(_("Choose two people."))
        return self._context.read(proposals.by_hand, self._programme.id, mentor, mentee)

    def _on_chosen(self) -> None:
        self.reason.setText("")
        self.warning.setText("")
        self.show_error("")
        if self.mentor.currentData() is None or self.mentee.currentData() is None:
            return
        try:
            found = self._found()
        except UserError as refusal:
            self.show_error(str(refusal))
            return
        self.reason.setText(found.reason)
        if found.exceptions:
            self.warning.setText(
                _("This makes an exception: {rules}.").format(rules="; ".join(found.exceptions))
            )

    def save(self) -> None:
        """Keep the pair with its reason and the exceptions that were made."""
        found = self._found()
        text = _("{mentor} and {mentee} paired").format(mentor=found.mentor, mentee=found.mentee)
        today = self._context.today()
        self._context.do(text, proposals.accept, self._programme.id, [found], today, True)

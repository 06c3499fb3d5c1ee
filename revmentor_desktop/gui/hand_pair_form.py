"""Pairing by hand: the same reasons as a proposal, and a warning where a rule is broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QWidget

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.dialog import FormDialog
from revmentor_desktop.gui.fields import ChoiceField, LongField
from revmentor_desktop.gui.review.bar import Bar, BarView
from revmentor_desktop.gui.review.parts_view import PartsView
from revmentor_desktop.gui.widgets import Card, button, label
from revmentor_desktop.i18n import _
from revmentor_desktop.services import proposals, staff_choices
from revmentor_desktop.services.programmes import ProgrammeRow
from revmentor_desktop.services.suggestions import Suggestion


class HandPairForm(FormDialog):
    """Two people of her choice become a proposed pair.

    ``chosen``: two staff ids to begin with; who is which is the way that breaks fewer rules.
    """

    def __init__(
        self,
        context: Context,
        programme: ProgrammeRow,
        chosen: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Pair by hand"), _("Pair these two"), parent)
        self._context, self._programme = context, programme
        self.setMinimumHeight(560)
        names = context.read(staff_choices.names)
        self.mentor = ChoiceField(names, strict=True)
        self.mentee = ChoiceField(names, strict=True)
        self.add_row(programme.mentor, self.mentor)
        self.add_row(programme.mentee, self.mentee)
        self.swap_button = button(_("Swap the two"), self.swap, "refresh-cw", "flat")
        row = QHBoxLayout()
        row.addWidget(self.swap_button)
        row.addStretch()
        self.form.addRow("", row)
        self._add_found()
        self.why = LongField()
        self.add_row(_("Why all the same"), self.why)
        for field in (self.mentor, self.mentee):
            field.currentIndexChanged.connect(self._on_chosen)
        self.mentor.setFocus()
        if len(chosen) == 2:
            self._begin_with(*chosen)
        self._on_chosen()

    def swap(self) -> None:
        """The one who teaches is to learn, and the other way round."""
        mentor, mentee = self.mentor.currentData(), self.mentee.currentData()
        self.mentor.set_value(mentee)
        self.mentee.set_value(mentor)

    def save(self) -> None:
        """Keep the pair with its reason and the exceptions that were made."""
        found = self._found()
        if found.exceptions:
            found = replace(found, exceptions=self._excused(found))
        text = _("{mentor} and {mentee} paired").format(mentor=found.mentor, mentee=found.mentee)
        today = self._context.today()
        self._context.do(text, proposals.accept, self._programme.id, [found], today, True)

    def _add_found(self) -> None:
        self._card = Card(_("Why these two"))
        self.reason = label("", wrap=True)
        self.bar, self.parts = BarView(Bar.of(())), PartsView()
        self.warning = label("", "error", wrap=True)
        for part in (self.reason, self.bar, self.parts, self.warning):
            self._card.body.addWidget(part)
        self.form.addRow(self._card)

    def _begin_with(self, one: int, other: int) -> None:
        ways = [(one, other), (other, one)]
        self._choose(*min(ways, key=self._broken))

    def _broken(self, way: tuple[int, int]) -> int:
        try:
            return len(self._asked(*way).exceptions)
        except UserError:
            return 99

    def _choose(self, mentor: int, mentee: int) -> None:
        self.mentor.set_value(mentor)
        self.mentee.set_value(mentee)

    def _found(self) -> Suggestion:
        mentor, mentee = self.mentor.value(), self.mentee.value()
        if mentor is None or mentee is None:
            raise UserError(_("Choose two people."))
        return self._asked(mentor, mentee)

    def _asked(self, mentor: int, mentee: int) -> Suggestion:
        today = self._context.today()
        return self._context.read(proposals.by_hand, self._programme.id, mentor, mentee, today)

    def _on_chosen(self) -> None:
        self.show_error("")
        found = None
        if self.mentor.currentData() is not None and self.mentee.currentData() is not None:
            try:
                found = self._found()
            except UserError as refusal:
                self.show_error(str(refusal))
        self._show(found)

    def _show(self, found: Suggestion | None) -> None:
        broken = found.exceptions if found is not None else ()
        self._card.setVisible(found is not None)
        self.form.setRowVisible(self.why, bool(broken))
        self.warning.setVisible(bool(broken))
        self.save_button.setEnabled(found is not None)
        if found is not None:
            self.reason.setText(found.reason)
            self.bar.show_bar(Bar.of(found.parts))
            self.parts.show_parts(found.parts)
            said = _("This makes an exception: {rules}.")
            self.warning.setText(said.format(rules="; ".join(broken)))

    def _excused(self, found: Suggestion) -> tuple[str, ...]:
        """What the pair goes against, with her reason for the record."""
        why = self.why.value()
        if not why:
            raise UserError(
                _("Write why they are a pair all the same: it is kept with them, for the record.")
            )
        return tuple(
            _("{rule} ({reason})").format(rule=text, reason=why) for text in found.exceptions
        )

"""The Pairs tab: how far each pair has come, and its next step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from revmentor_desktop.gui.icons import icon
from revmentor_desktop.gui.table.page import Empty, TablePage
from revmentor_desktop.gui.table_tab import TableTab
from revmentor_desktop.gui.widgets import button
from revmentor_desktop.i18n import N_, _, ngettext
from revmentor_desktop.services import pairs
from revmentor_desktop.services.pair_table import PairTable
from revmentor_desktop.services.programmes import ProgrammeRow

STEPS = (
    ("ask", N_("Mark as asked")),
    ("confirm", N_("Both said yes")),
    ("decline", N_("Mark as declined")),
    ("start", N_("They meet now")),
    ("pause", N_("Pause")),
    ("resume", N_("Go on after a pause")),
    ("complete", N_("Complete")),
)


class PairsTab(TableTab):
    """The pairs of the open programme."""

    def make_source(self, programme: ProgrammeRow) -> PairTable:
        """The pairs of a programme under its own role words."""
        return PairTable(programme.id, programme.mentor, programme.mentee)

    def make_page(self, programme: ProgrammeRow) -> TablePage:
        """Table, search and buttons."""
        page = TablePage(
            self._context,
            self.make_source(programme),
            _("Pairs"),
            Empty(
                "link",
                _("No pairs yet"),
                _("Enrol people in Staff, then let pairs be proposed with a reason for each."),
                (
                    (_("Propose pairs …"), self._command("propose_pairs")),
                    (_("Pair by hand …"), self._command("pair_by_hand")),
                ),
            ),
            self._settings,
            _("Search pairs  (Ctrl+F)"),
        )
        self._step_button = button(_("Next step"), self._show_steps, "arrow-right")
        page.actions_row.addWidget(self._step_button)
        page.actions_row.addWidget(
            button(_("Print pack …"), self._command("print_pack"), "printer")
        )
        page.actions_row.addWidget(
            button(
                _("Propose pairs …"), self._command("propose_pairs"), "heart-handshake", "filled"
            )
        )
        page.record_opened.connect(self.pair_opened)
        page.selection_changed.connect(self._on_selection_changed)
        page.view.extra_actions = self._row_actions()
        self._step_button.setEnabled(False)
        return page

    def chosen_pairs(self) -> list[int]:
        """The pairs that are chosen here."""
        return self.page.selected_ids() if self.page is not None else []

    def step_menu(self) -> QMenu:
        """What can become of the chosen pairs."""
        menu = QMenu(self)
        for name, text in STEPS:
            menu.addAction(_(text), partial(self.take_step, name))
        menu.addSeparator()
        answers = menu.addAction(_("Answers …"), self._command("answers"))
        answers.setEnabled(len(self.chosen_pairs()) == 1)
        menu.addAction(_("End early …"), self._end_early)
        return menu

    def take_step(self, name: str) -> None:
        """The same step for all chosen pairs, or for none."""
        ids = self.chosen_pairs()
        text = ngettext("{n} pair changed", "{n} pairs changed", len(ids))
        self._context.attempt(text, pairs.step, ids, name, self._context.today())

    def _end_early(self) -> None:
        from revmentor_desktop.gui.end_early_form import EndEarlyForm

        EndEarlyForm(self._context, self.chosen_pairs(), self.window()).open()

    def _row_actions(self) -> list[QAction]:
        return [
            self._action(_("Next step …"), self._show_steps, "arrow-right"),
            self._action(_("Answers …"), self._command("answers"), "message-circle"),
            self._action(_("Log a session …"), self._command("log_session"), "calendar-check"),
            self._action(_("Print the pack …"), self._command("print_pack"), "printer"),
        ]

    def _action(self, text: str, act: Callable[[], object], picture: str) -> QAction:
        action = QAction(icon(picture), text, self)
        action.triggered.connect(act)
        return action

    def _command(self, name: str) -> Callable[[], object]:
        return partial(self.command_requested.emit, name)

    def _show_steps(self) -> None:
        place = self._step_button.rect().bottomLeft()
        self.step_menu().popup(self._step_button.mapToGlobal(place))

    def _on_selection_changed(self, ids: list[int]) -> None:
        self._step_button.setEnabled(bool(ids))

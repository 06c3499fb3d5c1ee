"""The Session logs tab: every session of the programme, edited in place."""

from __future__ import annotations

from functools import partial

from revmentor_desktop.gui.session_form import SessionForm
from revmentor_desktop.gui.table.page import Empty, TablePage
from revmentor_desktop.gui.table_tab import TableTab
from revmentor_desktop.gui.widgets import button
from revmentor_desktop.i18n import _
from revmentor_desktop.services.programmes import ProgrammeRow
from revmentor_desktop.services.session_table import SessionTable


class SessionLogsTab(TableTab):
    """The session logs of the open programme."""

    def make_source(self, programme: ProgrammeRow) -> SessionTable:
        """The sessions of a programme."""
        return SessionTable(programme.id)

    def make_page(self, programme: ProgrammeRow) -> TablePage:
        """Table, search and the button that logs."""
        log = partial(self.command_requested.emit, "log_session")
        page = TablePage(
            self._context,
            self.make_source(programme),
            _("Session logs"),
            Empty(
                "calendar-check",
                _("No session logged yet"),
                _("Once a pair has met, log it here: date, minutes, topics and the next date."),
                [(_("Log a session …"), log)],
            ),
            self._settings,
            _("Search by name  (Ctrl+F)"),
        )
        page.actions_row.addWidget(button(_("Log a session …"), log, "plus", "filled"))
        page.record_opened.connect(self._edit)
        page.model.sort_by("held_on", True)
        return page

    def _edit(self, log_id: int) -> None:
        assert self.programme is not None
        SessionForm(self._context, self.programme, log_id, None, self.window()).open()

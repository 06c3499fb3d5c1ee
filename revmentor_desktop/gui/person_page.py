"""Everything about one person."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from revmentor_desktop.domain.pairs import STATE_NAMES
from revmentor_desktop.domain.session_logs import SESSION_NAMES
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.info_page import InfoPage
from revmentor_desktop.gui.widgets import button
from revmentor_desktop.i18n import _, format_date_short
from revmentor_desktop.services import pages
from revmentor_desktop.services.programmes import ProgrammeRow


class PersonPage(InfoPage):
    """Who somebody is, what they take part in, with whom, and their sessions."""

    def __init__(
        self,
        context: Context,
        staff_id: int,
        programme: ProgrammeRow | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self._id = staff_id
        self._programme_id = programme.id if programme else None
        self.actions_row.addWidget(button(_("Edit the record …"), self._edit, "pencil", "filled"))
        self.refill()

    def fill(self) -> None:
        """The cards."""
        today = self._context.today()
        page = self._context.read(pages.person_page, self._id, self._programme_id, today)
        row = page.row
        known_as = (
            _("known as {name}").format(name=row.preferred_name) if row.preferred_name else ""
        )
        self.set_title(row.name, "  ·  ".join(filter(None, (row.job_title, known_as, row.status))))
        self.add_lines(
            _("Pairs"),
            [
                (f"{pair.names} ({pair.code})", _(STATE_NAMES[pair.state]),
                 partial(self.pair_opened.emit, pair.id))
                for pair in page.pairs
            ],
            _("No partner so far."),
        )  # fmt: skip
        self.add_facts(_("Record"), page.details)
        self.add_lines(
            _("Takes part"),
            [(f"{part.programme}: {part.role}", part.state, None) for part in page.parts],
            _("In no programme."),
        )
        self.add_lines(
            _("Sessions"),
            [
                (", ".join(log.topics) or log.names,
                 f"{_(SESSION_NAMES[log.state])}, {format_date_short(log.held_on)}", None)
                for log in page.sessions
            ],
            _("No session logged."),
        )  # fmt: skip
        if page.papers:
            self.add_lines(_("Printed"), [(what, when, None) for what, when in page.papers], "")
        if page.reports:
            self.add_facts(_("Reports to them"), [("", ", ".join(page.reports))])

    def _edit(self) -> None:
        from revmentor_desktop.gui.staff_form import StaffForm

        StaffForm(self._context, self._id, self).open()

"""A tab that is one table of the open programme, or says that there is no programme yet."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.tab import Tab
from revmentor_desktop.gui.table.page import TablePage
from revmentor_desktop.gui.widgets import EmptyState
from revmentor_desktop.i18n import _
from revmentor_desktop.services.programmes import ProgrammeRow
from revmentor_desktop.services.tables import TableSource


class TableTab(Tab):
    """The base of Pairs and Session logs: their table exists once there is a programme."""

    def __init__(
        self, context: Context, settings: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, settings, parent)
        self.page: TablePage | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        layout.addWidget(self._stack)
        self._stack.addWidget(
            EmptyState(
                "heart-handshake",
                _("No programme yet"),
                _("A programme has a name, two dates and your own words for the two roles."),
                [(_("Make a programme …"), partial(self.command_requested.emit, "new_programme"))],
            )
        )

    def make_source(self, programme: ProgrammeRow) -> TableSource[Any]:
        """The table of a programme."""
        raise NotImplementedError

    def make_page(self, programme: ProgrammeRow) -> TablePage:
        """The page around it, made once."""
        raise NotImplementedError

    def set_programme(self, programme: ProgrammeRow | None) -> None:
        """Show the table of another programme."""
        super().set_programme(programme)
        if programme is None:
            self._stack.setCurrentIndex(0)
            return
        if self.page is None:
            self.page = self.make_page(programme)
            self._stack.addWidget(self.page)
        else:
            self.page.set_source(self.make_source(programme))
        self._stack.setCurrentWidget(self.page)

    def focus_search(self) -> None:
        """Into the search field."""
        if self.page is not None:
            self.page.focus_search()

    def show_only(self, wish: object) -> None:
        """A filter (mapping) or the rows of some ids."""
        if self.page is None:
            return
        if isinstance(wish, dict):
            self.page.show_filter(wish)
        elif isinstance(wish, tuple | list):
            self.page.clear_narrowing()
            self.page.view.select_ids(list(wish))

"""The row on top: the tabs, and at its end the switch between programmes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QTabBar, QWidget

from revmentor_desktop.gui.icons import icon
from revmentor_desktop.gui.widgets import label
from revmentor_desktop.i18n import _

if TYPE_CHECKING:
    from revmentor_desktop.services.programmes import ProgrammeRow


class TabRow(QWidget):
    """Tabs by their place, programmes by their id.

    Signals:
        tab_chosen: the place of the tab that she chose.
        programme_chosen: the id of the programme that she chose.
    """

    tab_chosen = Signal(int)
    programme_chosen = Signal(int)

    def __init__(self, tabs: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QTabBar()
        self.bar.setDocumentMode(True)
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        # The chosen tab is set in semibold and so a little wider: no arrows for that.
        self.bar.setUsesScrollButtons(False)
        self.bar.setIconSize(QSize(17, 17))
        self.bar.setAccessibleName(_("Tabs"))
        self._pictures = [picture for _title, picture in tabs]
        for title, picture in tabs:
            self.bar.addTab(icon(picture), _(title))
        self.programmes = QComboBox()
        self.programmes.setAccessibleName(_("Programme"))
        self.programmes.setMinimumWidth(230)
        self.programmes.setMaximumWidth(360)
        self.programmes.addItem(_("None yet"), None)
        self.programmes.setEnabled(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 24, 4)
        row.addWidget(self.bar)
        row.addStretch()
        row.addWidget(label(_("Programme"), "muted"))
        row.addWidget(self.programmes)
        self.bar.currentChanged.connect(self._on_tab_changed)
        self.programmes.activated.connect(self._on_programme_activated)
        self._marked = 0
        self._mark(0)

    def show_tab(self, at: int) -> None:
        """Bring a tab to the front without telling that it was chosen."""
        self.bar.blockSignals(True)
        self.bar.setCurrentIndex(at)
        self.bar.blockSignals(False)
        self._mark(at)

    def show_programmes(self, rows: Sequence[ProgrammeRow], chosen: ProgrammeRow | None) -> None:
        """Offer these programmes."""
        self.programmes.clear()
        for row in rows:
            closed = _("{name} (closed)").format(name=row.name)
            self.programmes.addItem(closed if row.closed_on else row.name, row.id)
        self.programmes.setEnabled(bool(rows))
        if chosen is None:
            self.programmes.addItem(_("None yet"), None)
        else:
            self.programmes.setCurrentIndex(self.programmes.findData(chosen.id))

    def _on_tab_changed(self, at: int) -> None:
        self._mark(at)
        self.tab_chosen.emit(at)

    def _on_programme_activated(self, at: int) -> None:
        programme_id = self.programmes.itemData(at)
        if programme_id is not None:
            self.programme_chosen.emit(programme_id)

    def _mark(self, at: int) -> None:
        """The icon of the tab in front takes the accent, as its text does."""
        for place, token in ((self._marked, "muted"), (at, "accent")):
            self.bar.setTabIcon(place, icon(self._pictures[place], token))
        self._marked = at

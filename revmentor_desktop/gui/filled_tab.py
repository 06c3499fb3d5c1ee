"""A tab that is one page of cards, filled anew whenever something has changed."""

from __future__ import annotations

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.tab import Tab
from revmentor_desktop.i18n import _
from revmentor_desktop.services.programmes import ProgrammeRow


class FilledTab(Tab):
    """The base of Today and Benefits; ``body`` is what they fill."""

    def __init__(
        self, context: Context, settings: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, settings, parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(_("Page"))
        page = QWidget()
        page.setObjectName("page")
        self.body = QVBoxLayout(page)
        self.body.setContentsMargins(24, 20, 24, 20)
        self.body.setSpacing(14)
        scroll.setWidget(page)
        outer.addWidget(scroll)
        context.changed.connect(self._on_changed)

    def refill(self) -> None:
        """Read and show everything anew."""
        raise NotImplementedError

    def set_programme(self, programme: ProgrammeRow | None) -> None:
        """Show another programme."""
        super().set_programme(programme)
        self.refill()

    def _on_changed(self, tables: frozenset[str]) -> None:
        self.refill()

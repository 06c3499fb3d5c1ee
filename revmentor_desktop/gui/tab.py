"""What the five tabs have in common: they follow the programme that is open."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QWidget

from revmentor_desktop.gui.context import Context
from revmentor_desktop.services.programmes import ProgrammeRow


class Tab(QWidget):
    """A tab of the main window.

    Signals:
        person_opened: the page of this staff member is asked for.
        pair_opened: the page of this pair is asked for.
        show_requested: another tab (its name) is asked for, narrowed to some ids or by a filter.
        command_requested: a command of the main window is asked for by its name.
    """

    person_opened = Signal(int)
    pair_opened = Signal(int)
    show_requested = Signal(str, object)
    command_requested = Signal(str)

    def __init__(
        self, context: Context, settings: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._settings = settings
        self._programme: ProgrammeRow | None = None

    @property
    def programme(self) -> ProgrammeRow | None:
        """The programme that is open."""
        return self._programme

    def set_programme(self, programme: ProgrammeRow | None) -> None:
        """Show another programme; None where the file has none yet."""
        self._programme = programme

    def focus_search(self) -> None:
        """Put the keyboard into the tab's search field, where it has one."""

    def chosen_pairs(self) -> list[int]:
        """The pairs that are chosen here, for a command of the menu."""
        return []

    def chosen_people(self) -> list[int]:
        """The staff members that are chosen here, for a command of the menu."""
        return []

    def show_only(self, wish: object) -> None:
        """Narrow the tab to what ``show_requested`` named."""

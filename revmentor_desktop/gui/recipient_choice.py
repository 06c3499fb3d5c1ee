"""For whom documents are printed: all they are meant for, or some that are ticked in a list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from revmentor_desktop.domain.printed import Scope
from revmentor_desktop.gui.dialog import FormDialog
from revmentor_desktop.gui.tick_list import Tickable, TickList
from revmentor_desktop.i18n import _, ngettext

ALL, CHOSEN, ASK = "all", "chosen", "ask"


class RecipientChoice(QComboBox):
    """All, the chosen ones, or "Choose …", which opens the list.

    Signals:
        changed: it is for others now.
    """

    changed = Signal()

    def __init__(self, scope: Scope, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scope = scope
        self._lines: Sequence[Tickable] = ()
        self._ids: tuple[int, ...] | None = None
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.activated.connect(self._on_activated)

    @property
    def ids(self) -> tuple[int, ...] | None:
        """The chosen ids; None for all that the documents are meant for."""
        return self._ids

    @property
    def lines(self) -> Sequence[Tickable]:
        """Who can be chosen."""
        return self._lines

    def set_lines(self, lines: Sequence[Tickable]) -> None:
        """Offer others; whoever is no longer there is no longer chosen."""
        self._lines = lines
        there = {line.id for line in lines}
        kept = tuple(id_ for id_ in self._ids or () if id_ in there)
        self._ids = kept or None
        self._show()

    def choose(self, ids: Collection[int] | None) -> None:
        """Print for these only; for all where it is None or empty."""
        before = self._ids
        self._ids = tuple(line.id for line in self._lines if line.id in (ids or ())) or None
        if self._scope is Scope.PAIR and self._ids and len(self._ids) == len(self._lines):
            self._ids = None
        self._show()
        if self._ids != before:
            self.changed.emit()

    def _show(self) -> None:
        self.clear()
        self.addItem(all_text(self._scope, len(self._lines)), ALL)
        if self._ids:
            self.addItem(chosen_text(self._scope, len(self._ids)), CHOSEN)
        if self._lines:
            self.addItem(_("Choose …"), ASK)
        self.setCurrentIndex(1 if self._ids else 0)

    def _on_activated(self) -> None:
        what = self.currentData()
        if what == ALL:
            self.choose(None)
        elif what == ASK:
            self._show()
            form = RecipientsForm(
                self.accessibleName(), self._lines, self._ids or (), self.choose, self.window()
            )
            form.open()


class RecipientsForm(FormDialog):
    """Ticks those for whom it is printed."""

    def __init__(
        self,
        title: str,
        lines: Sequence[Tickable],
        ticked: Collection[int],
        chosen: Callable[[Collection[int]], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, _("Choose"), parent)
        self.resize(560, 600)
        self._chosen = chosen
        self.list = TickList(title)
        self.list.fill(lines, ticked)
        self.form.addRow(self.list)
        self.list.changed.connect(self._on_ticked)
        self._on_ticked()
        self.list.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Hand on who is ticked."""
        self._chosen(self.list.ticked())

    def _on_ticked(self) -> None:
        self.save_button.setEnabled(bool(self.list.ticked()))


def all_text(scope: Scope, count: int) -> str:
    """All of them, in words."""
    if scope is Scope.PAIR:
        return ngettext("The one pair", "All {n} pairs", count) if count else _("No pairs yet")
    if scope is Scope.PERSON:
        return _("Those it is meant for") if count else _("Nobody yet")
    return _("Those to come") if count else _("No gathering yet")


def chosen_text(scope: Scope, count: int) -> str:
    """Some of them, in words."""
    return {
        Scope.PAIR: partial(ngettext, "{n} chosen pair", "{n} chosen pairs"),
        Scope.PERSON: partial(ngettext, "{n} chosen person", "{n} chosen people"),
        Scope.GATHERING: partial(ngettext, "{n} chosen gathering", "{n} chosen gatherings"),
    }[scope](count)

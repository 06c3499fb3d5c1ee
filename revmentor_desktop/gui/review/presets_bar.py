"""The presets: those that come with the program, and her own; kept, renamed, forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from revmentor_desktop.domain.matching.rules import Rules
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.dialog import FormDialog
from revmentor_desktop.gui.fields import TextField
from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import _
from revmentor_desktop.services import presets
from revmentor_desktop.services.presets import PresetRow


class PresetsBar(QWidget):
    """Chooses a preset.

    Signals:
        chosen: a PresetRow whose rules are to hold.
        opening: the present rules may be kept as a preset next.
    """

    chosen = Signal(object)
    opening = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: Sequence[PresetRow] = ()
        self._rules = Rules()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        title = label(_("&What matters most"), "heading")
        column.addWidget(title)
        row = QHBoxLayout()
        row.setSpacing(6)
        self.combo = QComboBox()
        self.combo.setAccessibleName(_("Preset"))
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.combo.setMinimumContentsLength(8)
        title.setBuddy(self.combo)
        self.combo.activated.connect(self._on_activated)
        self.more = button("", self._show_menu, "ellipsis")
        self.more.setText("")
        self.more.setAccessibleName(_("More for presets"))
        self.more.setFixedWidth(36)
        self.more.setStyleSheet("padding: 0;")
        row.addWidget(self.combo, 1)
        row.addWidget(self.more)
        column.addLayout(row)

    def show_rules(self, rules: Rules) -> None:
        """Show which preset these rules are, or that they are a mix of their own."""
        self._rules = rules
        self._rows = self._context.read(presets.rows, rules)
        self.combo.clear()
        for row in self._rows:
            self.combo.addItem(row.name)
        at = next((at for at, row in enumerate(self._rows) if row.rules == rules), -1)
        if at < 0:
            self.combo.insertSeparator(self.combo.count())
            self.combo.addItem(_("A mix of your own"))
            at = self.combo.count() - 1
        self.combo.setCurrentIndex(at)

    @property
    def current(self) -> PresetRow | None:
        """The preset that the rules are, if any."""
        at = self.combo.currentIndex()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def menu(self) -> QMenu:
        """Keep the present mix; rename or forget an own preset."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(_("Keep as a preset …"), self.keep)
        own = [row for row in self._rows if row.id is not None]
        if own:
            menu.addSeparator()
        for row in own:
            inner = menu.addMenu(row.name.replace("&", "&&"))
            inner.addAction(_("Rename …"), partial(self.rename, row))
            inner.addAction(_("Keep the present mix under this name"), partial(self.change, row))
            inner.addAction(_("Forget"), partial(self.forget, row))
        return menu

    def keep(self) -> None:
        """Ask for a name, and keep the present rules under it."""
        NameForm(
            _("Keep as a preset"), _("Keep"), "", partial(self._keep, self._rules), self.window()
        ).open()

    def rename(self, row: PresetRow) -> None:
        """Ask for another name."""
        NameForm(
            _("Rename a preset"), _("Rename"), row.name, partial(self._rename, row), self.window()
        ).open()

    def _keep(self, rules: Rules, name: str) -> None:
        self._context.do(_("Preset “{name}” kept").format(name=name), presets.save, name, rules)

    def _rename(self, row: PresetRow, name: str) -> None:
        text = _("Preset renamed to “{name}”").format(name=name)
        self._context.do(text, presets.rename, row.id, name)

    def change(self, row: PresetRow) -> None:
        """Keep the present rules under the name of this preset."""
        text = _("Preset “{name}” kept").format(name=row.name)
        self._context.attempt(text, presets.change, row.id, self._rules)

    def forget(self, row: PresetRow) -> None:
        """Delete this preset; programmes keep the rules that they took from it."""
        text = _("Preset “{name}” forgotten").format(name=row.name)
        self._context.attempt(text, presets.delete, row.id)

    def _on_activated(self, at: int) -> None:
        if at < len(self._rows):
            self.chosen.emit(self._rows[at])

    def _show_menu(self) -> None:
        self.opening.emit()
        self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))


class NameForm(FormDialog):
    """Asks for a name; ``kept`` stores it and may refuse."""

    def __init__(
        self, title: str, save_text: str, name: str, kept: partial[None], parent: QWidget | None
    ) -> None:
        super().__init__(title, save_text, parent)
        self._kept = kept
        self.name = TextField()
        self.name.set_value(name)
        self.add_row(_("&Name"), self.name)
        self.name.setFocus()

    def save(self) -> None:
        """Hand the name on."""
        self._kept(self.name.value())

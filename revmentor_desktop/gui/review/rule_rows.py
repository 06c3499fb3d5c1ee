"""The rules one by one: how strictly each holds, and how many partners it leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from revmentor_desktop.domain.matching.rules import RULE_NAMES, WHOLE_LINE, Rule, Rules
from revmentor_desktop.gui.fields import NumberField
from revmentor_desktop.gui.widgets import label
from revmentor_desktop.i18n import N_, _
from revmentor_desktop.services import rule_settings
from revmentor_desktop.services.rule_settings import SETTING_NAMES, Setting

Change = Callable[[Rules], Rules]
"""What becomes of rules, whichever they are by then."""
DEPTHS = (
    (1, N_("Manager only")),
    (2, N_("Manager and the manager’s manager")),
    (3, N_("Three steps up and down")),
    (WHOLE_LINE, N_("The whole line")),
)
NUMBERS: Mapping[Rule, tuple[tuple[str, str, int, int], ...]] = {
    Rule.LEVEL_GAP: (
        ("level_gap", N_("At least so many levels apart"), 1, 9),
        ("tenure_gap_years", N_("Years here apart, where a level is not known"), 0, 40),
        ("best_distance", N_("Best number of levels apart"), 1, 9),
    )
}
"""The figures of a rule: field of Rules, what it is, least, most."""


class RuleRows(QWidget):
    """A row for each rule.

    Signals:
        changed: a Change, and what was done in words.
    """

    changed = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.combos: dict[Rule, QComboBox] = {}
        self.numbers: dict[str, QSpinBox] = {}
        self._counts: dict[Rule, QLabel] = {}
        for rule, title in RULE_NAMES.items():
            self._add(rule, _(title))
        self.floor = QCheckBox(_("Guard the weakest pair"))
        self.floor.setToolTip(_("As much as possible speaks for every pair, before all together"))
        self.floor.toggled.connect(self._on_floor_toggled)
        self._column.addWidget(self.floor)

    def show_rules(self, rules: Rules) -> None:
        """Show the rules as they are, without telling anybody."""
        fields: list[QWidget] = [*self.combos.values(), *self.numbers.values(), self.reach]
        fields.append(self.floor)
        for field in fields:
            field.blockSignals(True)
        for rule, combo in self.combos.items():
            now = rule_settings.setting(rules, rule)
            combo.setCurrentIndex(combo.findData(now.value))
            self._show_inner(rule, now)
        for name, number in self.numbers.items():
            number.setValue(getattr(rules, name))
        at = self.reach.findData(rules.manager_depth)
        self.reach.setCurrentIndex(at if at >= 0 else self.reach.count() - 1)
        self.floor.setChecked(rules.guard_floor)
        for field in fields:
            field.blockSignals(False)

    def show_counts(self, counts: Mapping[Rule, str]) -> None:
        """How many partners each rule leaves, in words; it says nothing of a rule not named."""
        for rule, words in self._counts.items():
            words.setText(counts.get(rule, ""))
            words.setVisible(bool(words.text()))

    def _add(self, rule: Rule, title: str) -> None:
        name = label(title, wrap=True)
        combo = _narrow_combo()
        for choice in rule_settings.choices(rule):
            combo.addItem(_(SETTING_NAMES[choice]), choice.value)
        combo.setAccessibleName(title)
        combo.installEventFilter(self)
        combo.currentIndexChanged.connect(partial(self._on_chosen, rule))
        name.setBuddy(combo)
        self._column.addWidget(name)
        self._column.addWidget(combo)
        self.combos[rule] = combo
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        if rule is Rule.REPORTING_LINE:
            rows.addWidget(self._make_reach())
        for number in NUMBERS.get(rule, ()):
            rows.addLayout(self._make_number(*number))
        self._column.addWidget(inner)
        combo.setProperty("inner", inner)
        count = label("", "muted", wrap=True)
        count.hide()
        self._column.addWidget(count)
        self._column.addSpacing(6)
        self._counts[rule] = count

    def _make_reach(self) -> QComboBox:
        self.reach = _narrow_combo()
        self.reach.setAccessibleName(_("How far up and down the reporting line"))
        for steps, text in DEPTHS:
            self.reach.addItem(_(text), steps)
        self.reach.installEventFilter(self)
        self.reach.currentIndexChanged.connect(self._on_reach)
        return self.reach

    def _make_number(self, name: str, title: str, least: int, most: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        words, field = label(_(title), "muted", wrap=True), NumberField(least, most)
        field.setAccessibleName(_(title))
        field.setFixedWidth(64)
        field.setKeyboardTracking(False)
        field.installEventFilter(self)
        field.valueChanged.connect(partial(self._on_number, name))
        words.setBuddy(field)
        row.addWidget(words, 1)
        row.addWidget(field)
        self.numbers[name] = field
        return row

    def _show_inner(self, rule: Rule, now: Setting) -> None:
        inner: Any = self.combos[rule].property("inner")
        inner.setVisible(now is not Setting.IGNORE and inner.layout().count() > 0)

    def _on_chosen(self, rule: Rule, at: int) -> None:
        chosen = Setting(self.combos[rule].itemData(at))
        text = _("{rule}: {choice}").format(
            rule=_(RULE_NAMES[rule]), choice=_(SETTING_NAMES[chosen]).lower()
        )
        self.changed.emit(partial(rule_settings.chosen, rule=rule, choice=chosen), text)

    def _on_reach(self, at: int) -> None:
        text = _("{rule}: {choice}").format(
            rule=_(RULE_NAMES[Rule.REPORTING_LINE]), choice=_(DEPTHS[at][1]).lower()
        )
        self.changed.emit(partial(replace, manager_depth=self.reach.itemData(at)), text)

    def _on_number(self, name: str, value: int) -> None:
        self.changed.emit(partial(replace, **{name: value}), _("Rules changed"))

    def _on_floor_toggled(self, on: bool) -> None:
        self.changed.emit(partial(replace, guard_floor=on), _("Rules changed"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The wheel scrolls the panel; it changes a field only where that has the keyboard."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget):
            if not watched.hasFocus():
                event.ignore()
                return True
            return False
        return super().eventFilter(watched, event)


def _narrow_combo() -> QComboBox:
    """As wide as there is room, not as its longest choice."""
    made = QComboBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(8)
    return made

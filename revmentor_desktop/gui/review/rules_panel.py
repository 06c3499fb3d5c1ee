"""The left side of the review: presets, what counts, rules, and the details behind a fold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from revmentor_desktop.domain.matching.rules import CRITERIA, RULE_NAMES, Rules
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.review.decided_list import DecidedList, counted, decided
from revmentor_desktop.gui.review.details_page import DetailsPage
from revmentor_desktop.gui.review.presets_bar import PresetsBar
from revmentor_desktop.gui.review.rule_rows import Change, RuleRows
from revmentor_desktop.gui.review.section import Section
from revmentor_desktop.gui.review.weights import Weights
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services import alternatives, rule_settings
from revmentor_desktop.services.presets import PresetRow
from revmentor_desktop.services.review import Review
from revmentor_desktop.services.rule_settings import Setting

MOST_NAMED = 3


class RulesPanel(QScrollArea):
    """Shows the rules that are kept, and tells what she makes of them.

    It alone knows the newest rules: what is kept in the file, and the weights that are moving.

    Signals:
        tried: other rules, while a slider moves.
        changed: other rules to be kept, and what was done in words.
        details_wanted: whether the details are to show.
    """

    tried = Signal(object)
    changed = Signal(object, str)
    details_wanted = Signal(bool)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = Rules()
        self._moved: dict[str, int] = {}
        self._review: Review | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Rules and weights"))
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(12)
        self.presets = PresetsBar(context)
        self.weights = Weights()
        self.rows = RuleRows()
        self.details = DetailsPage()
        self.weights_section = Section(_("What counts"))
        self.weights_section.body.addWidget(self.weights)
        self.rules_section = Section(_("Rules"))
        self.rules_section.body.addWidget(self.rows)
        self.details_section = Section(_("Details"))
        self.details_section.body.addWidget(self.details)
        self.decided = DecidedList()
        self.decided_section = Section(_("What you decided"))
        self.decided_section.body.addWidget(self.decided)
        column.addWidget(self.presets)
        for section in self.sections:
            column.addWidget(section)
        column.addStretch()
        self.setWidget(page)
        self.presets.chosen.connect(self._on_preset_chosen)
        self.weights.moved.connect(self._on_weight_moved)
        self.weights.rested.connect(self._on_weight_rested)
        self.presets.opening.connect(self.finish)
        self.rows.changed.connect(self._on_rule_changed)
        self.rules_section.unfolded.connect(self._show_counts)
        self.details_section.unfolded.connect(self.details_wanted)

    @property
    def sections(self) -> tuple[Section, ...]:
        """What folds away, in order."""
        return (
            self.weights_section, self.rules_section, self.decided_section, self.details_section,
        )  # fmt: skip

    @property
    def rules(self) -> Rules:
        """The newest: what is kept, with the weights that are being moved."""
        changes: dict[str, Any] = {f"weight_{name}": value for name, value in self._moved.items()}
        return replace(self._kept, **changes)

    @property
    def is_moving(self) -> bool:
        """Whether a weight is being moved, and not kept yet."""
        return self.weights.is_moving

    def finish(self) -> None:
        """A weight that was moved a moment ago is kept now."""
        self.weights.finish()

    def show_kept(self, rules: Rules) -> None:
        """Show the rules that are stored; a weight that is being moved stays where it is."""
        self._kept = rules
        self.presets.show_rules(rules)
        self.weights.show_rules(self.rules)
        self.rows.show_rules(rules)
        self._summarise()

    def show_presets(self) -> None:
        """Show the presets anew."""
        self.presets.show_rules(self._kept)

    def show_review(self, review: Review) -> None:
        """Show what the rules leave."""
        self._review = review
        self._summarise()
        self._show_counts()
        self.decided.show_decided(decided(review.collected))
        self.decided_section.summarise(counted(review.collected))

    def _show_counts(self, _unfolded: bool = True) -> None:
        if self._review is not None and self.rules_section.is_open:
            self.rows.show_counts(alternatives.rule_counts(self._review))

    def _summarise(self) -> None:
        rules = self.rules
        order = sorted(rules.weights.items(), key=lambda entry: -entry[1])[:MOST_NAMED]
        names = ", ".join(f"{_(CRITERIA[name])} {weight}" for name, weight in order)
        self.weights_section.summarise(names or _("Nothing counts"))
        held = [rule_settings.setting(rules, rule) for rule in RULE_NAMES]
        forbidding = held.count(Setting.FORBID)
        said = [ngettext("{n} rule forbids pairs", "{n} rules forbid pairs", forbidding)]
        if held.count(Setting.PREFER):
            said.append(_("{n} as a preference").format(n=held.count(Setting.PREFER)))
        if self._review is not None:
            pairs = alternatives.possible_pairs(self._review)
            said.append(ngettext("{n} possible pair", "{n} possible pairs", pairs))
        self.rules_section.summarise("  ·  ".join(said))

    def _on_preset_chosen(self, row: PresetRow) -> None:
        self.finish()
        self.changed.emit(row.rules, _("Preset “{name}” chosen").format(name=row.name))

    def _on_rule_changed(self, change: Change, text: str) -> None:
        self.finish()
        self.changed.emit(change(self._kept), text)

    def _on_weight_moved(self, name: str, value: int) -> None:
        self._moved[name] = value
        self.tried.emit(self.rules)

    def _on_weight_rested(self) -> None:
        before, after = self._kept.weights, self.rules.weights
        rules, self._moved = self.rules, {}
        names = [name for name in CRITERIA if after.get(name, 0) != before.get(name, 0)]
        if not names:
            return
        text = _("Weights changed")
        if len(names) == 1:
            weight = after.get(names[0], 0)
            text = _("{what} counts {n} now").format(what=_(CRITERIA[names[0]]), n=weight)
        self.changed.emit(rules, text)

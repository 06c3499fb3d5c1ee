"""The chosen pair: why these two, both side by side, what to say on the telephone, who could take
over."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from revmentor_desktop.gui.chips import Chip
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.review.bar import Bar, BarView
from revmentor_desktop.gui.review.parts_view import PartsView
from revmentor_desktop.gui.review.section import Section
from revmentor_desktop.gui.review.side_by_side import breakable, side_by_side
from revmentor_desktop.gui.review.steps import copy_text, two
from revmentor_desktop.gui.review.why_not import WhyNotPage
from revmentor_desktop.gui.widgets import Card, button, clear, label
from revmentor_desktop.i18n import _
from revmentor_desktop.services import alternatives
from revmentor_desktop.services.review import Review
from revmentor_desktop.services.suggestions import Suggestion

WHOLE_WIDTH = 26
"""Letters of a word that fit into the panel."""


class PairPanel(QScrollArea):
    """Shows one pair of a review.

    Signals:
        lock_toggled: the pair is to be locked, or not any more.
        partner_wanted: another partner is to be chosen.
        menu_requested: the menu of the pair, at a place of the screen.
        chosen: these two (a Suggestion) are to be a pair.
        exception_wanted: the same, with an exception to the rules between them.
        allowed_again, keep_apart_wanted: two (a Two) may be a pair again, or are never to be one.
        line_exception_wanted: of these two (a Suggestion) one is far above, which is not to count.
    """

    lock_toggled = Signal()
    partner_wanted = Signal()
    menu_requested = Signal(object)
    chosen = Signal(object)
    exception_wanted = Signal(object)
    allowed_again = Signal(object)
    keep_apart_wanted = Signal(object)
    line_exception_wanted = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._review: Review | None = None
        self._pair: Suggestion | None = None
        self._shown_reserves: tuple[object, ...] = ()
        self._shown_chips: list[tuple[str, str]] = []
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("The chosen pair"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        page.setObjectName("page")
        outer = QVBoxLayout(page)
        outer.setContentsMargins(0, 0, 8, 0)
        outer.setSpacing(14)
        self._cards = (self._make_head(), self._make_reasons(), self._make_both())
        for card in (*self._cards, self._make_more()):
            outer.addWidget(card)
        outer.addStretch()
        self.setWidget(page)

    def show_pair(self, review: Review, pair: Suggestion | None) -> None:
        """Show another pair, or the same under other weights; without one "Why not …?" stays."""
        same_two = (
            self._pair is not None and pair is not None and pair.couple == self._pair.couple
            and self._review is not None
            and review.collected.profiles == self._review.collected.profiles
        )  # fmt: skip
        self._review, self._pair = review, pair
        self.why_not.show_review(review)
        for part in (*self._cards, self.spoken_section, self.reserves_section):
            part.setVisible(pair is not None)
        if pair is None:
            self.why_not_section.set_open(True)
            return
        self._show_reasons(pair)
        if not same_two:
            self._head.setText(breakable(two(pair), WHOLE_WIDTH))
            self._show_both(review, pair)
        self._show_reserves()

    def show_figures(self, shown: bool) -> None:
        """With decimals, or with meters only."""
        self.parts.shows_figures = shown
        self.parts.update()

    @property
    def spoken(self) -> str:
        """What can be read aloud."""
        return self._spoken.text()

    # The parts of the page

    def _make_head(self) -> Card:
        card = Card()
        self._head = label("", "cardTitle", wrap=True)
        card.body.addWidget(self._head)
        self._chips = QGridLayout()
        self._chips.setSpacing(4)
        self._chips.setColumnStretch(2, 1)
        card.body.addLayout(self._chips)
        row = QHBoxLayout()
        row.setSpacing(6)
        self.lock_button = button(_("Lock"), self.lock_toggled.emit, "lock")
        self.choose_button = button(_("Change …"), self.partner_wanted.emit, "users")
        self.choose_button.setAccessibleName(_("Choose another partner"))
        self.choose_button.setToolTip(_("Choose another partner"))
        self.more_button = button("", self._on_more_clicked, "ellipsis")
        self.more_button.setText("")
        self.more_button.setAccessibleName(_("More for this pair"))
        self.more_button.setFixedWidth(40)
        self.more_button.setStyleSheet("padding: 0;")
        row.addWidget(self.lock_button, 1)
        row.addWidget(self.choose_button, 1)
        row.addWidget(self.more_button)
        card.body.addLayout(row)
        return card

    def _make_reasons(self) -> Card:
        card = Card(_("Why these two"))
        self._reason = label("", wrap=True)
        self._exceptions = label("", "error", wrap=True)
        self.bar = BarView(Bar.of(()))
        self.parts = PartsView()
        self.line_button = button(_("Let it cost nothing …"), self._on_line_clicked)
        self.line_button.setToolTip(_("Make an exception: being far above costs nothing"))
        for widget in (self._reason, self._exceptions, self.bar, self.parts):
            card.body.addWidget(widget)
        card.body.addWidget(self.line_button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _make_both(self) -> Card:
        card = Card(_("Side by side"))
        self._both = QVBoxLayout()
        card.body.addLayout(self._both)
        return card

    def _make_more(self) -> Card:
        card = Card()
        self.spoken_section = Section(_("To read aloud on the telephone"), is_open=True)
        self._spoken = label("", wrap=True)
        self._spoken.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.spoken_section.body.addWidget(self._spoken)
        row = QHBoxLayout()
        row.addWidget(button(_("Copy"), self._on_copy_clicked, "copy", "flat"))
        row.addStretch()
        self.spoken_section.body.addLayout(row)
        self.reserves_section = Section(_("If one of them drops out"))
        self.reserves_section.unfolded.connect(self._show_reserves)
        self._reserves = QVBoxLayout()
        self.reserves_section.body.addLayout(self._reserves)
        self.why_not_section = Section(_("Why not …?"))
        self.why_not = WhyNotPage(self._context)
        self.why_not.chosen.connect(self.chosen)
        self.why_not.exception_wanted.connect(self.exception_wanted)
        self.why_not.allowed_again.connect(self.allowed_again)
        self.why_not.keep_apart_wanted.connect(self.keep_apart_wanted)
        self.why_not.line_exception_wanted.connect(self.line_exception_wanted)
        self.why_not_section.body.addWidget(self.why_not)
        for section in (self.spoken_section, self.reserves_section, self.why_not_section):
            card.body.addWidget(section)
        return card

    def _show_reasons(self, pair: Suggestion) -> None:
        self.lock_button.setText(_(" Unlock") if pair.locked else _(" Lock"))
        self._show_chips(pair)
        self._reason.setText(pair.reason)
        said = _("Goes against: {rules}").format(rules="; ".join(pair.exceptions))
        self._exceptions.setText(said if pair.exceptions else "")
        self._exceptions.setVisible(bool(pair.exceptions))
        self.bar.show_bar(Bar.of(pair.parts))
        self.parts.show_parts(pair.parts)
        self.line_button.setVisible(pair.has_line)
        self._spoken.setText(pair.spoken)

    def _show_chips(self, pair: Suggestion) -> None:
        wanted = [(_("Locked"), "info")] if pair.locked else []
        if pair.exceptions:
            wanted.append((_("Exception"), "warn"))
        wanted.append((_("{n} % known").format(n=pair.known), "plain"))
        if wanted == self._shown_chips:
            return
        self._shown_chips = wanted
        clear(self._chips)
        for at, (text, kind) in enumerate(wanted):
            self._chips.addWidget(Chip(text, kind), *divmod(at, 2))

    def _show_both(self, review: Review, pair: Suggestion) -> None:
        clear(self._both)
        collected = review.collected
        mentor, mentee = collected.profiles[pair.mentor_id], collected.profiles[pair.mentee_id]
        self._both.addWidget(
            side_by_side((collected.mentor_word, mentor), (collected.mentee_word, mentee))
        )

    def _show_reserves(self, _unfolded: bool = True) -> None:
        if self._review is None or self._pair is None or not self.reserves_section.is_open:
            return
        pair = self._pair
        found = alternatives.reserves_of(self._review, pair.mentor_id, pair.mentee_id)
        names = (
            pair.couple,
            *((o.mentor, o.mentee) for o in (*found.for_mentee, *found.for_mentor)),
        )
        if names == self._shown_reserves:
            return
        self._shown_reserves = names
        clear(self._reserves)
        for who, others, is_mentor in (
            (pair.mentee, found.for_mentee, True), (pair.mentor, found.for_mentor, False),
        ):  # fmt: skip
            words = _("With {name} could be:") if others else _("Nobody is free for {name}.")
            self._reserves.addWidget(label(words.format(name=who), "muted", wrap=True))
            for other in others:
                name = other.mentor if is_mentor else other.mentee
                line = button(name, partial(self.chosen.emit, other), kind="flat")
                line.setToolTip(_("Choose these two"))
                row = QHBoxLayout()
                row.addWidget(line)
                row.addStretch()
                self._reserves.addLayout(row)

    def _on_more_clicked(self) -> None:
        place = self.more_button.rect().bottomLeft()
        self.menu_requested.emit(self.more_button.mapToGlobal(place))

    def _on_line_clicked(self) -> None:
        self.line_exception_wanted.emit(self._pair)

    def _on_copy_clicked(self) -> None:
        copy_text(self._spoken.text())

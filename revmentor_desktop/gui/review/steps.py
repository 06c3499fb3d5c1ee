"""What she does with a pair or a person in the review; each is stored at once and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from revmentor_desktop.domain.matching.rules import Rule, Rules
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.icons import icon
from revmentor_desktop.gui.kept_apart_page import keep_apart_form
from revmentor_desktop.gui.review.decided_list import Decided
from revmentor_desktop.gui.review.partners import PartnersDialog, Seeker
from revmentor_desktop.gui.review.reason_form import ReasonForm
from revmentor_desktop.i18n import _
from revmentor_desktop.services import decisions, keep_aparts
from revmentor_desktop.services.diagnosis import Remedy
from revmentor_desktop.services.review import Review
from revmentor_desktop.services.suggestions import Suggestion, who_is_far_above


class Two(NamedTuple):
    """Any two people, with their names: proposed as a pair or not."""

    mentor_id: int
    mentor: str
    mentee_id: int
    mentee: str


class Steps(QObject):
    """The decisions of one programme's review, asked for in ``window``.

    Signals:
        choosing: (mentor, mentee) ids of two who are about to be made a pair.
    """

    choosing = Signal(object)

    def __init__(self, context: Context, programme_id: int, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._id, self._window = context, programme_id, window

    def toggle_lock(self, pair: Suggestion) -> None:
        """The two stay together whatever else changes, or not any more."""
        if pair.locked:
            self._do(_("{two} unlocked"), pair, decisions.unlock)
        else:
            self._do(_("{two} locked"), pair, decisions.lock)

    def choose_partner(self, review: Review, *seekers: Seeker) -> None:
        """Another partner for one person, or for either of two."""
        dialog = PartnersDialog(self._context, review, seekers, self._window)
        dialog.chosen.connect(self.choose)
        dialog.exception_wanted.connect(self.choose_with_exception)
        dialog.open()

    def choose(self, pair: Suggestion) -> None:
        """These two are to be a pair; everybody else makes the best of it."""
        self.choosing.emit(pair.couple)
        self._do(_("{two} chosen and locked"), pair, decisions.lock)

    def rule_out(self, pair: Suggestion) -> None:
        """Not these two."""
        self._do(_("{two} ruled out"), pair, decisions.rule_out)

    def allow_again(self, pair: Suggestion | Two) -> None:
        """These two may be a pair again, whatever she had decided."""
        self._do(_("{two} allowed again"), pair, _allow_again)

    def leave_out(self, staff_id: int, name: str) -> None:
        """This person is not matched now."""
        text = _("{name} left out of matching").format(name=name)
        self._context.attempt(text, decisions.leave_out, self._id, staff_id)

    def bring_back(self, staff_id: int, name: str) -> None:
        """This person is matched again."""
        text = _("{name} is matched again").format(name=name)
        self._context.attempt(text, decisions.bring_back, self._id, staff_id)

    def add_place(self, staff_id: int, name: str) -> None:
        """One more partner at the same time."""
        text = _("One more place with {name}").format(name=name)
        self._context.attempt(text, decisions.add_place, self._id, staff_id)

    def keep_apart(self, pair: Suggestion | Two) -> None:
        """Never these two, for a reason that is hers alone."""
        keep_apart_form(self._context, pair.mentor_id, pair.mentee_id, self._window).open()

    def choose_with_exception(self, pair: Suggestion) -> None:
        """Two whom a rule keeps from each other are to be a pair, with a reason for the record."""
        self._ask(
            _("Make an exception"),
            _("{two}: {rules}.").format(two=two(pair), rules="; ".join(pair.exceptions)),
            _("Make the exception"),
            partial(self._choose_with_exception, pair),
            needed=True,
        )

    def except_from_line(self, review: Review, pair: Suggestion) -> None:
        """Who of the two is far above the other may be with anybody there at no cost."""
        collected = review.collected
        above = who_is_far_above(collected, pair.couple)
        if above is not None:
            name = collected.name(above)
            self._ask(
                _("Make an exception"),
                _("{name} is far above in the reporting line, which costs points with everybody "
                  "below. With an exception it costs nothing, whoever the partner is.").format(
                    name=name),
                _("Make the exception"),
                partial(self._except_from_line, above, name),
                needed=True,
            )  # fmt: skip

    def apply(self, remedy: Remedy) -> None:
        """What the diagnosis proposes; with a reason for the record where one is kept."""
        if remedy.asks_reason:
            self._ask(
                _("Make an exception"), f"{remedy.text}.", _("Make the exception"),
                partial(self._apply, remedy), needed=True,
            )  # fmt: skip
        else:
            self._context.attempt(remedy.done, remedy.action, *remedy.args)

    def take_back(self, one: Decided) -> None:
        """A decision does not hold any more."""
        text = _("Taken back: {what}").format(what=one.text)
        self._context.attempt(text, one.action, self._id, *one.args)

    def save_rules(self, rules: Rules, text: str) -> None:
        """Keep other rules or weights."""
        self._context.attempt(text, decisions.save_rules, self._id, rules)

    def start_again(self) -> None:
        """Forget every lock and everything ruled out, left out or excepted."""
        self._context.attempt(_("Started again"), decisions.start_again, self._id)

    def menu(self, pair: Suggestion, choose_other: Callable[[], object]) -> QMenu:
        """All that can be done with a pair."""
        menu = QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        _entry(menu, _("Choose another partner …"), "Enter", "users", choose_other)
        lock = (_("Unlock"), "lock-open") if pair.locked else (_("Lock"), "lock")
        _entry(menu, lock[0], "L", lock[1], partial(self.toggle_lock, pair))
        _entry(menu, _("Not these two"), "Del", "ban", partial(self.rule_out, pair))
        _entry(menu, _("Keep apart …"), "", "", partial(self.keep_apart, pair))
        for staff_id, name in ((pair.mentor_id, pair.mentor), (pair.mentee_id, pair.mentee)):
            menu.addSeparator()
            text = _("Leave {name} out of matching").format(name=name)
            _entry(menu, text, "", "", partial(self.leave_out, staff_id, name))
            if staff_id == pair.mentor_id:
                text = _("One more place with {name}").format(name=name)
                _entry(menu, text, "", "plus", partial(self.add_place, staff_id, name))
        menu.addSeparator()
        _entry(menu, _("Copy the spoken sentence"), "", "copy", partial(copy_text, pair.spoken))
        return menu

    def _apply(self, remedy: Remedy, reason: str) -> None:
        self._context.do(remedy.done, remedy.action, *remedy.args, reason)

    def _choose_with_exception(self, pair: Suggestion, reason: str) -> None:
        self.choosing.emit(pair.couple)
        self._context.do(
            _("{two} chosen with an exception").format(two=two(pair)), decisions.lock, self._id,
            pair.mentor_id, pair.mentee_id, reason,
        )  # fmt: skip

    def _except_from_line(self, staff_id: int, name: str, reason: str) -> None:
        self._context.do(
            _("Exception made for {names}").format(names=name), decisions.make_exception, self._id,
            staff_id, Rule.FAR_ABOVE, reason,
        )  # fmt: skip

    def _do(self, text: str, pair: Suggestion | Two, action: Callable[..., Any]) -> None:
        self._context.attempt(
            text.format(two=two(pair)), action, self._id, pair.mentor_id, pair.mentee_id
        )

    def _ask(
        self, title: str, note: str, save_text: str, kept: Callable[[str], object], *, needed: bool
    ) -> None:
        ReasonForm(title, note, save_text, kept, needed, self._window).open()


def two(pair: Suggestion | Two) -> str:
    """Both names."""
    return _("{mentor} and {mentee}").format(mentor=pair.mentor, mentee=pair.mentee)


def copy_text(text: str) -> None:
    """Put a text on the clipboard."""
    QGuiApplication.clipboard().setText(text)


def _allow_again(session: Any, programme_id: int, mentor_id: int, mentee_id: int) -> None:  # noqa: ANN401
    decisions.allow_again(session, programme_id, mentor_id, mentee_id)
    keep_aparts.allow_again(session, mentor_id, mentee_id)


def _entry(menu: QMenu, text: str, keys: str, picture: str, act: Callable[[], object]) -> None:
    """An entry whose keys the table answers to itself."""
    shown = text.replace("&", "&&")
    action = menu.addAction(f"{shown}\t{keys}" if keys else shown, act)
    if picture:
        action.setIcon(icon(picture))

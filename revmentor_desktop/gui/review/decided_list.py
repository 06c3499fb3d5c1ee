"""What she has decided so far, each with a button that takes it back, even long after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from revmentor_desktop.domain.matching.rules import EXCEPTION_NAMES
from revmentor_desktop.gui.widgets import button, clear, label
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services import decisions
from revmentor_desktop.services.matching import Collected


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision in words, and what takes it back: ``action(session, programme, *args)``."""

    text: str
    action: Callable[..., None]
    args: tuple[int, ...]


class DecidedList(QWidget):
    """A line for each decision.

    Signals:
        taken_back: a Decided is not to hold any more.
    """

    taken_back = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: list[Decided] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_decided(self, found: list[Decided]) -> None:
        """Show other decisions."""
        if found == self.shown:
            return
        self.shown = found
        clear(self._column)
        for one in found:
            row = QHBoxLayout()
            row.addWidget(label(one.text, wrap=True), 1)
            back = button("", partial(self.taken_back.emit, one), "x", "flat")
            back.setText("")
            back.setFixedSize(26, 26)
            back.setStyleSheet("padding: 0;")
            back.setAccessibleName(_("Take back: {what}").format(what=one.text))
            row.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
            self._column.addLayout(row)


def decided(collected: Collected) -> list[Decided]:
    """All decisions that can be seen. Who is kept apart is not among them: it reads elsewhere."""
    return [*_of_two(collected), *_of_one(collected)]


def counted(collected: Collected) -> str:
    """How many there are."""
    count = len(decided(collected))
    return ngettext("{n} decision", "{n} decisions", count) if count else _("Nothing so far")


def _of_two(collected: Collected) -> Iterator[Decided]:
    name, known = collected.name, collected.profiles.keys()
    for mentee, mentor in collected.locked:
        text = _("Locked: {mentor} and {mentee}").format(mentor=name(mentor), mentee=name(mentee))
        if reason := collected.lock_reasons[mentee, mentor]:
            text = _("{text} ({reason})").format(text=text, reason=reason)
        yield Decided(text, decisions.unlock, (mentor, mentee))
    for couple in sorted(map(sorted, collected.pool.aside - collected.paired)):
        one, other = couple
        if known >= {one, other}:
            text = _("Not these two: {one} and {other}").format(one=name(one), other=name(other))
            yield Decided(text, decisions.allow_again, (one, other))


def _of_one(collected: Collected) -> Iterator[Decided]:
    for who in sorted(collected.left_out):
        text = _("Left out: {name}").format(name=collected.name(who))
        yield Decided(text, decisions.bring_back, (who,))
    for (who, bit), reason in sorted(collected.reasons.items()):
        title = next((_(text) for rule, text in EXCEPTION_NAMES.items() if rule == bit), "")
        if who in collected.profiles and title:
            text = _("Exception for {name}: {rule} ({reason})").format(
                name=collected.name(who), rule=title, reason=reason or _("no reason written")
            )
            yield Decided(text, decisions.end_exception, (who, bit))

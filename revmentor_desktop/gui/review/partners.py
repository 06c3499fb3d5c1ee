"""Another partner for somebody: who could it be, why, and what would it cost everybody together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from revmentor_desktop.domain.errors import Progress
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.review.aside import Aside
from revmentor_desktop.gui.review.bar import Bar
from revmentor_desktop.gui.review.finder import answers_at_once
from revmentor_desktop.gui.review.row_table import Cells, RowTable
from revmentor_desktop.gui.widgets import Card, button, label
from revmentor_desktop.i18n import _
from revmentor_desktop.services.alternatives import Choice, Choices, options
from revmentor_desktop.services.matching import Collected
from revmentor_desktop.services.review import Review


class Seeker(NamedTuple):
    """Somebody for whom a partner is looked for, as mentor or as mentee."""

    staff_id: int
    is_mentor: bool


class PartnersDialog(QDialog):
    """The possible partners of somebody, the cheapest first; of a pair, those of either of the two.

    Signals:
        chosen: a Suggestion is to be a pair.
        exception_wanted: the same, with an exception to the rules between them.
    """

    chosen = Signal(object)
    exception_wanted = Signal(object)

    def __init__(
        self,
        context: Context,
        review: Review,
        seekers: Sequence[Seeker],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Another partner"))
        self.resize(860, 520)
        self._review, self._seekers = review, seekers
        self._found: dict[Seeker, Choices] = {}
        self._aside = Aside(context, self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        self._title = label("", "title", wrap=True)
        outer.addWidget(self._title)
        outer.addWidget(label(
            _("The chosen two are locked together, and everybody else makes the best of it."),
            "muted", wrap=True,
        ))  # fmt: skip
        self.sides = QButtonGroup(self)
        if len(seekers) > 1:
            outer.addLayout(self._make_sides(review.collected))
        self._pages = QStackedWidget()
        for seeker in seekers:
            self._pages.addWidget(self._make_table(review.collected, seeker))
        frame = Card()
        frame.body.setContentsMargins(1, 6, 1, 6)
        frame.body.addWidget(self._pages)
        outer.addWidget(frame, 1)
        row = QHBoxLayout()
        self._note = label("", "muted", wrap=True)
        row.addWidget(self._note, 1)
        row.addWidget(button(_("Cancel"), self.reject))
        self.choose_button = button(_("Choose"), self.accept, kind="filled")
        self.choose_button.setDefault(True)
        row.addWidget(self.choose_button)
        outer.addLayout(row)
        self._aside.answered.connect(self._on_answered)
        self.finished.connect(self._aside.cancel)
        self.look_for(0)

    @property
    def table(self) -> RowTable:
        """The list that shows."""
        shown = self._pages.currentWidget()
        assert isinstance(shown, RowTable)
        return shown

    @property
    def note(self) -> str:
        """What is said below the list."""
        return self._note.text()

    def look_for(self, at: int) -> None:
        """Show the partners of the first or the second of those who seek one."""
        seeker = self._seekers[at]
        self._pages.setCurrentIndex(at)
        name = self._review.collected.name(seeker.staff_id)
        self._title.setText(_("Another partner for {name}").format(name=name))
        self._aside.cancel()
        if seeker in self._found:
            self._show(seeker, self._found[seeker])
        elif answers_at_once(self._review):
            staff_id, is_mentor = seeker
            self._show(seeker, options(self._review, staff_id, is_mentor=is_mentor))
        else:
            self._on_row_chosen(None)
            self._note.setText(_("Looking for possible partners …"))
            self._aside.ask(_options, self._review, seeker)

    def accept(self) -> None:
        """Choose the partner of the chosen row, unless that is the present one."""
        choice: Choice | None = self.table.chosen
        if choice is None or choice.is_current:
            return
        super().accept()
        if choice.rules:
            self.exception_wanted.emit(choice.suggestion)
        else:
            self.chosen.emit(choice.suggestion)

    def _make_sides(self, collected: Collected) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for at, (staff_id, is_mentor) in enumerate(self._seekers):
            word = collected.mentor_word if is_mentor else collected.mentee_word
            name = collected.name(staff_id)
            side = button(f"{name}  ·  {word}".replace("&", "&&"), partial(self.look_for, at))
            side.setCheckable(True)
            side.setAutoDefault(False)
            keys = QKeySequence(f"Alt+{at + 1}")
            side.setShortcut(keys)
            said = _("Another partner for {name}").format(name=name)
            side.setAccessibleName(said)
            shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
            side.setToolTip(f"{said}  ({shown})".replace("<", "‹"))
            side.setChecked(at == 0)
            self.sides.addButton(side, at)
            row.addWidget(side)
        row.addStretch()
        return row

    def _make_table(self, collected: Collected, seeker: Seeker) -> RowTable:
        word = collected.mentee_word if seeker.is_mentor else collected.mentor_word
        name, job = (_mentee, _mentee_job) if seeker.is_mentor else (_mentor, _mentor_job)
        made = RowTable(
            _("Possible partners"),
            (
                Cells(word, 190, name, job),
                Cells(_("In favour"), 128, _known, bar=_bar),
                Cells(_("Why these two"), 0.5, _reason),
                Cells(_("What it would cost"), 0.5, _cost),
            ),
            _couple,
        )
        made.opened.connect(self.accept)
        made.row_chosen.connect(self._on_row_chosen)
        return made

    def _on_answered(self, answer: tuple[Seeker, Choices]) -> None:
        self._show(*answer)

    def _show(self, seeker: Seeker, choices: Choices) -> None:
        self._found[seeker] = choices
        self._note.setText(choices.note)
        found, table = choices.found, self.table
        table.show_rows(found)
        # The present partner is no choice.
        table.choose(next((at for at, choice in enumerate(found) if not choice.is_current), 0))
        if not any(side.hasFocus() for side in self.sides.buttons()):
            table.setFocus()

    def _on_row_chosen(self, choice: Choice | None) -> None:
        self.choose_button.setEnabled(choice is not None and not choice.is_current)


def _options(review: Review, seeker: Seeker, progress: Progress) -> tuple[Seeker, Choices]:
    staff_id, is_mentor = seeker
    return seeker, options(review, staff_id, is_mentor=is_mentor, progress=progress)


def _couple(choice: Choice) -> tuple[int, int]:
    return choice.suggestion.couple


def _mentor(choice: Choice) -> str:
    return choice.suggestion.mentor


def _mentor_job(choice: Choice) -> str:
    return choice.suggestion.mentor_job


def _mentee(choice: Choice) -> str:
    return choice.suggestion.mentee


def _mentee_job(choice: Choice) -> str:
    return choice.suggestion.mentee_job


def _bar(choice: Choice) -> Bar:
    return Bar.of(choice.suggestion.parts)


def _known(choice: Choice) -> str:
    return _("{n} % known").format(n=choice.suggestion.known)


def _reason(choice: Choice) -> str:
    broken = choice.suggestion.exceptions
    if broken:
        return _("Goes against: {rules}").format(rules="; ".join(broken))
    return choice.suggestion.reason


def _cost(choice: Choice) -> str:
    return choice.cost

"""Another partner for somebody: who could it be, why, and what would it cost everybody together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from revmentor_desktop.domain.errors import Progress
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.review.aside import Aside
from revmentor_desktop.gui.review.bar import Bar
from revmentor_desktop.gui.review.finder import answers_at_once
from revmentor_desktop.gui.review.row_table import Cells, RowTable
from revmentor_desktop.gui.widgets import Card, button, label
from revmentor_desktop.i18n import _
from revmentor_desktop.services.alternatives import Choice, options
from revmentor_desktop.services.review import Review


class PartnersDialog(QDialog):
    """The possible partners of a mentee, the cheapest first.

    Signals:
        chosen: a Suggestion is to be a pair.
        exception_wanted: the same, with an exception to the rules between them.
    """

    chosen = Signal(object)
    exception_wanted = Signal(object)

    def __init__(
        self, context: Context, review: Review, mentee_id: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = review.collected.name(mentee_id)
        self.setWindowTitle(_("Another partner"))
        self.resize(860, 520)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        outer.addWidget(label(_("Another partner for {name}").format(name=name), "title"))
        outer.addWidget(label(
            _("The chosen two are locked together, and everybody else makes the best of it."),
            "muted", wrap=True,
        ))  # fmt: skip
        self.table = _make_table(review.collected.mentor_word)
        frame = Card()
        frame.body.setContentsMargins(1, 6, 1, 6)
        frame.body.addWidget(self.table)
        outer.addWidget(frame, 1)
        row = QHBoxLayout()
        self._note = label("", "muted")
        row.addWidget(self._note)
        row.addStretch()
        row.addWidget(button(_("Cancel"), self.reject))
        self.choose_button = button(_("Choose"), self.accept, kind="filled")
        self.choose_button.setDefault(True)
        row.addWidget(self.choose_button)
        outer.addLayout(row)
        self.table.opened.connect(self.accept)
        self.table.row_chosen.connect(self._on_row_chosen)
        self._look(Aside(context, self), review, mentee_id)

    def _look(self, aside: Aside, review: Review, mentee_id: int) -> None:
        if answers_at_once(review):
            self._show(options(review, mentee_id))
        else:
            self._on_row_chosen(None)
            self._note.setText(_("Looking for possible partners …"))
            aside.answered.connect(self._show)
            self.finished.connect(aside.cancel)
            aside.ask(_options, review, mentee_id)

    def _show(self, choices: Sequence[Choice]) -> None:
        self._note.setText("" if choices else _("The rules leave nobody else."))
        self.table.show_rows(choices)
        # The present partner is no choice.
        self.table.choose(next((at for at, c in enumerate(choices) if not c.is_current), 0))
        self.table.setFocus()

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

    def _on_row_chosen(self, choice: Choice | None) -> None:
        self.choose_button.setEnabled(choice is not None and not choice.is_current)


def _options(review: Review, mentee_id: int, progress: Progress) -> Sequence[Choice]:
    progress(0, 1)
    return options(review, mentee_id)


def _make_table(mentor: str) -> RowTable:
    return RowTable(
        _("Possible partners"),
        (
            Cells(mentor, 190, _mentor, _mentor_job),
            Cells(_("In favour"), 128, _known, bar=_bar),
            Cells(_("Why these two"), 0.5, _reason),
            Cells(_("What it would cost"), 0.5, _cost),
        ),
        _couple,
    )


def _couple(choice: Choice) -> tuple[int, int]:
    return choice.suggestion.couple


def _mentor(choice: Choice) -> str:
    return choice.suggestion.mentor


def _mentor_job(choice: Choice) -> str:
    return choice.suggestion.mentor_job


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

"""Why not these two? Any two names, the answer in words, and what choosing them would change."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from revmentor_desktop.domain.errors import Progress, UserError, no_progress
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.fields import ChoiceField
from revmentor_desktop.gui.review.aside import Aside
from revmentor_desktop.gui.review.finder import answers_at_once
from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import _
from revmentor_desktop.services.alternatives import WhyNot, why_not_these
from revmentor_desktop.services.review import Review

Names = list[tuple[object, str]]


class WhyNotPage(QWidget):
    """Two fields, one for each role, and the answer below.

    Signals:
        chosen: these two (a Suggestion) are to be a pair.
        exception_wanted: the same, with an exception to the rules between them.
        allowed_again: these two (a Suggestion), ruled out by her, may be a pair again.
    """

    chosen = Signal(object)
    exception_wanted = Signal(object)
    allowed_again = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._aside = Aside(context, self)
        self._aside.answered.connect(self._on_answered)
        self._review: Review | None = None
        self._names: Names = []
        self._found: WhyNot | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        self.mentor, self.mentee = (ChoiceField([], strict=True) for _side in range(2))
        self._titles = [label("", "muted"), label("", "muted")]
        for title, field in zip(self._titles, (self.mentor, self.mentee), strict=True):
            outer.addWidget(title)
            outer.addWidget(field)
            title.setBuddy(field)
            field.currentIndexChanged.connect(self._answer)
        self._sentence = label("", wrap=True)
        self._moves = label("", "muted", wrap=True)
        outer.addWidget(self._sentence)
        outer.addWidget(self._moves)
        row = QHBoxLayout()
        self.choose_button = button(_("Choose these two"), self._on_choose_clicked)
        self.allow_button = button(_("Allow these two again"), self._on_allow_clicked)
        row.addWidget(self.choose_button)
        row.addWidget(self.allow_button)
        row.addStretch()
        outer.addLayout(row)
        self._show(None)

    def show_review(self, review: Review) -> None:
        """Answer for another review; the two names stay."""
        self._review = review
        collected = review.collected
        names: Names = sorted(
            ((id_, one.name) for id_, one in collected.profiles.items()),
            key=lambda entry: entry[1].casefold(),
        )
        if names != self._names:
            self._names = names
            kept = [field.currentData() for field in (self.mentor, self.mentee)]
            for field, id_, title, word in zip(
                (self.mentor, self.mentee), kept, self._titles,
                (collected.mentor_word, collected.mentee_word), strict=True,
            ):  # fmt: skip
                field.blockSignals(True)
                field.set_choices(names)
                field.setCurrentIndex(max(0, field.findData(id_)) if id_ is not None else 0)
                field.blockSignals(False)
                field.setAccessibleName(_("Why not: {role}").format(role=word))
                title.setText(word)
        self._answer()

    def ask(self, mentor_id: int, mentee_id: int) -> None:
        """Ask about these two."""
        self.mentor.set_value(mentor_id)
        self.mentee.set_value(mentee_id)

    @property
    def answer(self) -> str:
        """The sentence that is shown."""
        return self._sentence.text()

    def _answer(self) -> None:
        if self._review is None:
            return
        self._aside.cancel()
        try:
            mentor, mentee = self.mentor.value(), self.mentee.value()
        except UserError:
            mentor = mentee = None
        if mentor is None or mentee is None:
            self._show(None)
            return
        asked = self._review, int(mentor), int(mentee)
        if answers_at_once(self._review):
            self._show(_why_not(*asked, no_progress))
        else:
            self._show(None)
            self._sentence.setText(_("Looking for what it would change …"))
            self._aside.ask(_why_not, *asked)

    def _on_answered(self, found: WhyNot) -> None:
        self._show(found)

    def _show(self, found: WhyNot | None) -> None:
        self._found = found
        self._sentence.setText(found.sentence if found else _("Choose two names."))
        moves = "\n".join(found.moves) if found else ""
        self._moves.setText(moves)
        self._moves.setVisible(bool(moves))
        can_lock = found is not None and found.can_lock and found.suggestion is not None
        self.choose_button.setVisible(can_lock)
        self.allow_button.setVisible(self._is_ruled_out(found))
        if found is not None:
            text = _("Make an exception …") if found.rules else _("Choose these two")
            self.choose_button.setText(text)

    def _on_choose_clicked(self) -> None:
        found = self._found
        if found is None or found.suggestion is None:
            return
        if found.rules:
            self.exception_wanted.emit(found.suggestion)
        else:
            self.chosen.emit(found.suggestion)

    def _on_allow_clicked(self) -> None:
        if self._found is not None and self._found.suggestion is not None:
            self.allowed_again.emit(self._found.suggestion)

    def _is_ruled_out(self, found: WhyNot | None) -> bool:
        if found is None or found.suggestion is None or self._review is None:
            return False
        couple, collected = frozenset(found.suggestion.couple), self._review.collected
        ruled_out = collected.pool.aside | collected.pool.apart
        return couple in ruled_out and couple not in collected.paired


def _why_not(review: Review, mentor_id: int, mentee_id: int, progress: Progress) -> WhyNot:
    """The answer for these two in these roles, where both can be both."""
    progress(0, 1)
    return why_not_these(review, mentee_id, mentor_id)

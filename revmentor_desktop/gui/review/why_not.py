"""Why not these two? Any two names, the answer in words, and what choosing them would change."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from revmentor_desktop.domain.base import collated
from revmentor_desktop.domain.errors import Progress, UserError, no_progress
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.fields import ChoiceField
from revmentor_desktop.gui.review.aside import Aside
from revmentor_desktop.gui.review.finder import answers_at_once
from revmentor_desktop.gui.review.steps import Two
from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import _
from revmentor_desktop.services.alternatives import WhyNot, why_not_these
from revmentor_desktop.services.review import Review

Names = list[tuple[object, str]]
PAIR = 2


class WhyNotPage(QWidget):
    """Two fields, one for each role, and the answer below.

    Signals:
        chosen: these two (a Suggestion) are to be a pair.
        exception_wanted: the same, with an exception to the rules between them.
        allowed_again: two (a Two) whom she had ruled out or kept apart may be a pair again.
        keep_apart_wanted: two (a Two) are never to be a pair.
        line_exception_wanted: of these two (a Suggestion) one is far above, which is not to count.
    """

    chosen = Signal(object)
    exception_wanted = Signal(object)
    allowed_again = Signal(object)
    keep_apart_wanted = Signal(object)
    line_exception_wanted = Signal(object)

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
        self.choose_button = button(_("Choose these two"), self._on_choose_clicked)
        self.allow_button = button(_("Allow these two again"), self._on_allow_clicked)
        self.line_button = button(_("Let being far above cost nothing …"), self._on_line_clicked)
        self.line_button.setToolTip(_("Make an exception: being far above costs nothing"))
        self.apart_button = button(_("Keep apart …"), self._on_apart_clicked)
        self.apart_button.setToolTip(_("Never these two, in any programme"))
        for made in (self.choose_button, self.allow_button, self.line_button, self.apart_button):
            row = QHBoxLayout()
            row.addWidget(made)
            row.addStretch()
            outer.addLayout(row)
        self._show(None)

    def show_review(self, review: Review) -> None:
        """Answer for another review; the two names stay."""
        self._review = review
        collected = review.collected
        names: Names = sorted(
            ((id_, one.name) for id_, one in collected.profiles.items()),
            key=lambda entry: collated(entry[1]),
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
                field.set_value(id_ if field.findData(id_) >= 0 else None)
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
        named = self._named()
        self._show_apart(named)
        if named is None:
            self._show(None)
            return
        asked = self._review, named.mentor_id, named.mentee_id
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
        self.line_button.setVisible(
            found is not None and found.suggestion is not None and found.suggestion.has_line
        )
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
        self.allowed_again.emit(self._named())

    def _on_apart_clicked(self) -> None:
        self.keep_apart_wanted.emit(self._named())

    def _on_line_clicked(self) -> None:
        if self._found is not None:
            self.line_exception_wanted.emit(self._found.suggestion)

    def _named(self) -> Two | None:
        """The two who are named, whatever they are to one another."""
        try:
            mentor, mentee = self.mentor.value(), self.mentee.value()
        except UserError:
            return None
        if self._review is None or mentor is None or mentee is None:
            return None
        name = self._review.collected.name
        return Two(int(mentor), name(int(mentor)), int(mentee), name(int(mentee)))

    def _show_apart(self, named: Two | None) -> None:
        """Any two can be kept apart, and be allowed again."""
        assert self._review is not None
        couple = frozenset({named.mentor_id, named.mentee_id} if named is not None else ())
        collected = self._review.collected
        is_apart = couple in collected.pool.apart
        is_ruled_out = couple in collected.pool.aside - collected.paired
        both = self.apart_button, self.allow_button
        is_here = self.window().focusWidget() in both
        self.allow_button.setVisible(is_apart or is_ruled_out)
        self.apart_button.setVisible(len(couple) == PAIR and not is_apart)
        # The button that was pressed may be gone: the keyboard stays with its counterpart.
        for other in both if is_here else ():
            if not other.isHidden():
                other.setFocus()


def _why_not(review: Review, mentor_id: int, mentee_id: int, progress: Progress) -> WhyNot:
    """The answer for these two in these roles, where both can be both."""
    return why_not_these(review, mentee_id, mentor_id, progress)

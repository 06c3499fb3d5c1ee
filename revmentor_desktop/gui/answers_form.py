"""What each side of a pair said when asked: yes, no, or no reply yet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QWidget

from revmentor_desktop.domain.pairs import Answer
from revmentor_desktop.domain.programmes import Role
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.dialog import FormDialog
from revmentor_desktop.gui.widgets import label
from revmentor_desktop.i18n import N_, _
from revmentor_desktop.services import pages, pairs

CHOICES = (
    (Answer.YES, N_("Yes")),
    (Answer.NO, N_("No")),
    (Answer.NO_REPLY, N_("No reply yet")),
)


class AnswersForm(FormDialog):
    """Records what the two said, in one step.

    Signals:
        declined: one of them said no; the names, and the ids of both.
    """

    declined = Signal(str, object)

    def __init__(self, context: Context, pair_id: int, parent: QWidget | None = None) -> None:
        super().__init__(_("What they said"), _("Record"), parent)
        self._context, self._id = context, pair_id
        page = context.read(pages.pair_page, pair_id)
        self._row = page.row
        self.top.addWidget(
            label(
                _(
                    "Both are asked before a pair is confirmed. Two yes confirm it; after a no "
                    "they are not a pair, and no reason is needed."
                ),
                "muted",
                wrap=True,
            )
        )
        self._before = {Role.MENTOR: page.mentor_answer, Role.MENTEE: page.mentee_answer}
        self.sides = {
            Role.MENTOR: self._add_side(page.mentor_word, page.mentor.name, page.mentor_answer),
            Role.MENTEE: self._add_side(page.mentee_word, page.mentee.name, page.mentee_answer),
        }

    def save(self) -> None:
        """Store both answers; whoever shows pairs may offer another partner after a no."""
        said = self.answers()
        changed = {role: answer for role, answer in said.items() if answer != self._before[role]}
        if not changed:
            return
        self._context.do(
            _("Answers recorded"), pairs.record_answers, self._id, changed, self._context.today()
        )
        if Answer.NO in changed.values():
            both = frozenset({self._row.mentor_id, self._row.mentee_id})
            self.declined.emit(self._row.names, both)

    def answers(self) -> dict[Role, Answer]:
        """What is chosen for each side."""
        return {
            role: CHOICES[group.checkedId()][0] if group.checkedId() >= 0 else self._before[role]
            for role, group in self.sides.items()
        }

    def _add_side(self, word: str, name: str, now: Answer) -> QButtonGroup:
        side, group = QWidget(), QButtonGroup(self)
        row = QHBoxLayout(side)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for at, (answer, text) in enumerate(CHOICES):
            choice = QRadioButton(_(text))
            choice.setAccessibleName(
                _("{name}: {answer}").format(name=name, answer=_(text).lower())
            )
            choice.setChecked(answer is now)
            group.addButton(choice, at)
            row.addWidget(choice)
        row.addStretch()
        self.add_row(f"{name} ({word})".replace("&", "&&"), side)
        return group

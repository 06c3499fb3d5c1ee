"""Who waits for a partner or is away, why, and what would change it at one click."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from revmentor_desktop.domain.errors import Progress, no_progress
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.review.aside import Aside
from revmentor_desktop.gui.review.finder import answers_at_once
from revmentor_desktop.gui.review.partners import Seeker
from revmentor_desktop.gui.review.row_table import Cells, RowTable
from revmentor_desktop.gui.review.wrapped_button import WrappedButton
from revmentor_desktop.gui.widgets import Card, clear, label
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services import diagnosis
from revmentor_desktop.services.diagnosis import Diagnosis
from revmentor_desktop.services.review import Away, Review, WaitingPerson

Row = WaitingPerson | Away
Action = tuple[str, Callable[[], object]]
ASIDE_WIDTHS = (190, 290)


class WaitingPanel(Card):
    """A list of people, and beside it what would help the chosen one.

    Signals:
        remedy_wanted: this Remedy is to be applied.
        partner_wanted: a partner is to be chosen for this Seeker.
        left_out, brought_back: a staff id and a name.
    """

    remedy_wanted = Signal(object)
    partner_wanted = Signal(object)
    left_out = Signal(int, str)
    brought_back = Signal(int, str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._review: Review | None = None
        self._is_moving = False
        self._asked: tuple[Review, Row] | None = None
        self._shown: tuple[Row, Diagnosis] | None = None
        self._help_out = Aside(context, self)
        self._help_out.answered.connect(self._on_helped)
        self.body.setContentsMargins(16, 12, 12, 8)
        self._title = label("", "cardTitle")
        self.body.addWidget(self._title)
        row = QHBoxLayout()
        row.setSpacing(14)
        self.table = RowTable(
            _("Waiting for a partner"),
            (
                Cells(_("Name"), 0.42, _name, _role_and_job),
                Cells(_("Why"), 0.58, _why),
            ),
            _key,
        )
        self.table.horizontalHeader().hide()
        self.table.row_chosen.connect(self._show_chosen)
        row.addWidget(self.table, 1)
        row.addWidget(self._make_aside(), 1)
        self.body.addLayout(row, 1)

    def show_review(self, review: Review, is_moving: bool) -> None:
        """Show who waits in another review; the diagnosis waits until a weight is at rest."""
        self._review, self._is_moving = review, is_moving
        waiting, away = len(review.waiting), len(review.away)
        said = ngettext("{n} person waits for a partner", "{n} people wait for a partner", waiting)
        if away:
            said += "  ·  " + ngettext("{n} not matched now", "{n} not matched now", away)
        self._title.setText(said)
        self.setVisible(bool(waiting or away))
        self.table.show_rows([*review.waiting, *review.away])
        self._show_chosen(self.table.chosen)

    def _make_aside(self) -> QWidget:
        page = QWidget()
        page.setObjectName("page")
        self._help = QVBoxLayout(page)
        self._help.setContentsMargins(0, 0, 4, 0)
        self._help.setSpacing(6)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(ASIDE_WIDTHS[0])
        scroll.setMaximumWidth(ASIDE_WIDTHS[1])
        scroll.setWidget(page)
        return scroll

    def _show_chosen(self, row: Row | None) -> None:
        if self._review is None or row is None:
            return
        if self._is_moving and self._shown is not None and self._shown[0] == row:
            return
        if isinstance(row, WaitingPerson) and not answers_at_once(self._review):
            self._ask(self._review, row)
        else:
            self._asked = None
            self._help_out.cancel()
            self._show(row, _found(self._review, row))

    def _ask(self, review: Review, row: WaitingPerson) -> None:
        """Say meanwhile why the person waits; with old remedies the file would be out of step."""
        if self._asked is None or self._asked[0] is not review or self._asked[1] != row:
            self._asked = review, row
            self._show(row, Diagnosis((row.why, _("Looking for what would help …")), ()))
            self._help_out.ask(_helped, review, row)

    def _on_helped(self, answer: tuple[Row, Diagnosis]) -> None:
        self._show(*answer)

    def _show(self, row: Row, found: Diagnosis) -> None:
        if (row, found) == self._shown:
            return
        self._shown = (row, found)
        clear(self._help)
        self._help.addWidget(label(row.name, "cardTitle", wrap=True))
        for sentence in found.sentences:
            self._help.addWidget(label(sentence, "muted", wrap=True))
        for text, act in (*self._remedies(found), *self._others(row)):
            self._help.addWidget(WrappedButton(text, act))
        self._help.addStretch()

    def _remedies(self, found: Diagnosis) -> Iterator[Action]:
        for remedy in found.remedies:
            yield remedy.text, partial(self.remedy_wanted.emit, remedy)

    def _others(self, row: Row) -> Iterator[Action]:
        """What can be done with anybody, whatever the diagnosis."""
        if isinstance(row, WaitingPerson):
            seeker = Seeker(row.staff_id, not row.is_mentee)
            text = _("Choose a partner for {name} …").format(name=row.name)
            yield text, partial(self.partner_wanted.emit, seeker)
            text = _("Leave {name} out of matching").format(name=row.name)
            yield text, partial(self.left_out.emit, row.staff_id, row.name)
        elif row.left_out:
            text = _("Match {name} again").format(name=row.name)
            yield text, partial(self.brought_back.emit, row.staff_id, row.name)


def _found(review: Review, row: Row, progress: Progress = no_progress) -> Diagnosis:
    if isinstance(row, Away):
        return Diagnosis((row.why,), ())
    progress(0, 2)
    found = diagnosis.of_person(review, row.staff_id)
    every = diagnosis.of_all(review, progress) if row.is_mentee else Diagnosis((), ())
    return Diagnosis(found.sentences, (*found.remedies, *every.remedies))


def _helped(review: Review, row: Row, progress: Progress) -> tuple[Row, Diagnosis]:
    """What would help somebody, with whom."""
    return row, _found(review, row, progress)


def _key(row: Row) -> tuple[int, bool]:
    return row.staff_id, isinstance(row, WaitingPerson) and row.is_mentee


def _name(row: Row) -> str:
    return row.name


def _role_and_job(row: Row) -> str:
    role = row.role if isinstance(row, WaitingPerson) else ""
    return "  ·  ".join(filter(None, (role, row.job)))


def _why(row: Row) -> str:
    return row.why

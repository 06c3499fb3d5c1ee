"""Who waits for a partner or is away, why, and what would change it at one click."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from revmentor_desktop.gui.review.row_table import Cells, RowTable
from revmentor_desktop.gui.review.wrapped_button import WrappedButton
from revmentor_desktop.gui.widgets import Card, clear, label
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services import diagnosis
from revmentor_desktop.services.diagnosis import Diagnosis
from revmentor_desktop.services.review import Away, Review, WaitingPerson

Action = tuple[str, Callable[[], object]]
ASIDE_WIDTHS = (190, 290)


class WaitingPanel(Card):
    """A list of people, and beside it what would help the chosen one.

    Signals:
        remedy_wanted: this Remedy is to be applied.
        partner_wanted: a partner is to be chosen for this mentee, a staff id.
        left_out, brought_back: a staff id and a name.
    """

    remedy_wanted = Signal(object)
    partner_wanted = Signal(int)
    left_out = Signal(int, str)
    brought_back = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._review: Review | None = None
        self._is_moving = False
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
        self._aside = QVBoxLayout(page)
        self._aside.setContentsMargins(0, 0, 4, 0)
        self._aside.setSpacing(6)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(ASIDE_WIDTHS[0])
        scroll.setMaximumWidth(ASIDE_WIDTHS[1])
        scroll.setWidget(page)
        self._shown: tuple[WaitingPerson | Away, Diagnosis] | None = None
        return scroll

    def _show_chosen(self, row: WaitingPerson | Away | None) -> None:
        if self._review is None or row is None:
            return
        if self._is_moving and self._shown is not None and self._shown[0] == row:
            return
        found = self._found(row)
        if (row, found) == self._shown:
            return
        self._shown = (row, found)
        clear(self._aside)
        self._aside.addWidget(label(row.name, "cardTitle", wrap=True))
        for sentence in found.sentences:
            self._aside.addWidget(label(sentence, "muted", wrap=True))
        for text, act in (*self._remedies(found), *self._others(row)):
            self._aside.addWidget(WrappedButton(text, act))
        self._aside.addStretch()

    def _remedies(self, found: Diagnosis) -> Iterator[Action]:
        for remedy in found.remedies:
            yield remedy.text, partial(self.remedy_wanted.emit, remedy)

    def _others(self, row: WaitingPerson | Away) -> Iterator[Action]:
        """What can be done with anybody, whatever the diagnosis."""
        if isinstance(row, WaitingPerson):
            if row.is_mentee:
                text = _("Choose a partner for {name} …").format(name=row.name)
                yield text, partial(self.partner_wanted.emit, row.staff_id)
            text = _("Leave {name} out of matching").format(name=row.name)
            yield text, partial(self.left_out.emit, row.staff_id, row.name)
        elif row.left_out:
            text = _("Match {name} again").format(name=row.name)
            yield text, partial(self.brought_back.emit, row.staff_id, row.name)

    def _found(self, row: WaitingPerson | Away) -> Diagnosis:
        assert self._review is not None
        if isinstance(row, Away):
            return Diagnosis((row.why,), ())
        found = diagnosis.of_person(self._review, row.staff_id)
        every = diagnosis.of_all(self._review) if row.is_mentee else Diagnosis((), ())
        return Diagnosis(found.sentences, (*found.remedies, *every.remedies))


def _key(row: WaitingPerson | Away) -> tuple[int, bool]:
    return row.staff_id, isinstance(row, WaitingPerson) and row.is_mentee


def _name(row: WaitingPerson | Away) -> str:
    return row.name


def _role_and_job(row: WaitingPerson | Away) -> str:
    role = row.role if isinstance(row, WaitingPerson) else ""
    return "  ·  ".join(filter(None, (role, row.job)))


def _why(row: WaitingPerson | Away) -> str:
    return row.why

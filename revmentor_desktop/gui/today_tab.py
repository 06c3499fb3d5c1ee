"""The Today tab: what needs her, the plan's next steps, and how the programme goes."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from revmentor_desktop.gui.filled_tab import FilledTab
from revmentor_desktop.gui.icons import icon
from revmentor_desktop.gui.strips import Bars
from revmentor_desktop.gui.widgets import Card, EmptyState, FigureCard, button, clear, label
from revmentor_desktop.i18n import N_, _, format_date, format_month, ngettext
from revmentor_desktop.services import programmes, today
from revmentor_desktop.services.today import Need, Step, Today

SEVERITY_ICONS = {"warn": ("triangle-alert", "warn"), "info": ("clock", "info")}
TARGETS = {"untold": "staff", "invitations": "staff"}
ACTS = {
    "letters": (N_("Print …"), "print_letters"),
    "invitations": (N_("Print …"), "print_invitations"),
    "agreements": (N_("Tick off …"), "agreements"),
}
"""What can be done at once about a need: the button and the command."""


class TodayTab(FilledTab):
    """One page that is read every morning."""

    def refill(self) -> None:
        """Read and show everything anew."""
        clear(self.body)
        if self.programme is None:
            new = partial(self.command_requested.emit, "new_programme")
            self.body.addWidget(
                EmptyState(
                    "heart-handshake",
                    _("No programme yet"),
                    _("Make a programme, bring in your staff list, and let pairs be proposed."),
                    (
                        (_("Make a programme …"), new),
                        (_("Bring in a staff list …"),
                         partial(self.command_requested.emit, "import")),
                    ),
                )
            )  # fmt: skip
            return
        page = self._context.read(today.page, self.programme.id, self._context.today())
        self.body.addLayout(self._head(page))
        self.body.addLayout(self._figures(page))
        self.body.addWidget(self._needs(page))
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self._plan(page), 1)
        row.addWidget(self._months(page), 1)
        self.body.addLayout(row)
        self.body.addStretch()

    def _head(self, page: Today) -> QHBoxLayout:
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(_greeting(self._context.now().hour), "title"))
        words.addWidget(label(page.heading, "muted"))
        head.addLayout(words)
        head.addStretch()
        for text, name, picture, kind in (
            (_("Print pack …"), "print_pack", "printer", ""),
            (_("Log a session …"), "log_session", "plus", "filled"),
        ):
            act = partial(self.command_requested.emit, name)
            head.addWidget(button(text, act, picture, kind))
        return head

    def _figures(self, page: Today) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(14)
        for card in page.cards:
            row.addWidget(FigureCard(card.title, card.figure, card.note), 1)
        return row

    def _needs(self, page: Today) -> Card:
        card = Card(_("What needs you"))
        if not page.needs:
            card.body.addWidget(label(_("Nothing today. Every pair is on its way."), "muted"))
        for need in page.needs:
            card.body.addLayout(self._need_line(need))
        return card

    def _need_line(self, need: Need) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        name, token = SEVERITY_ICONS[need.severity]
        picture = QLabel()
        picture.setPixmap(icon(name, token).pixmap(QSize(18, 18)))
        row.addWidget(picture)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(need.title))
        words.addWidget(label(need.detail, "muted", wrap=True))
        row.addLayout(words, 1)
        if need.kind in ACTS:
            text, command = ACTS[need.kind]
            act = button(_(text), partial(self.command_requested.emit, command), kind="flat")
            act.setAccessibleName(f"{_(text)} {need.title}")
            row.addWidget(act)
        target = TARGETS.get(need.kind, "pairs")
        show = button(_("Show"), partial(self.show_requested.emit, target, need.ids), kind="flat")
        show.setAccessibleName(_("Show: {what}").format(what=need.title))
        row.addWidget(show)
        return row

    def _plan(self, page: Today) -> Card:
        card = Card(_("Next in the plan"))
        if not page.steps:
            card.body.addWidget(label(_("Every step of the plan is done."), "muted"))
        for step in page.steps:
            row = QHBoxLayout()
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(label(step.name))
            words.addWidget(label(_due_text(step, self._context.today()), "muted"))
            row.addLayout(words, 1)
            done = button(_("Mark as done"), partial(self._tick, step), kind="flat")
            done.setAccessibleName(_("Mark as done: {step}").format(step=step.name))
            row.addWidget(done)
            card.body.addLayout(row)
        card.body.addStretch()
        return card

    def _months(self, page: Today) -> Card:
        card = Card(_("Sessions held each month"))
        figures = [(format_month(month), count) for month, count in page.months]
        card.body.addWidget(Bars(_("Sessions held each month"), figures), 1)
        return card

    def _tick(self, step: Step) -> None:
        text = _("{step}: done").format(step=step.name)
        self._context.attempt(text, programmes.set_step_done, step.id, self._context.today())


def _greeting(hour: int) -> str:
    if hour < 12:
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")


def _due_text(step: Step, today_: date) -> str:
    if step.late:
        late = ngettext("{n} day late", "{n} days late", step.late)
        return _("{day}, {late}").format(day=format_date(step.due), late=late)
    return format_date(step.due)

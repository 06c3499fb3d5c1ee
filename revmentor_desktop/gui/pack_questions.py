"""What is asked before a pack is printed or saved; asked within the window, and only once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from revmentor_desktop.domain.printed import DocumentKind
from revmentor_desktop.gui.notice_bar import NoticeBar
from revmentor_desktop.gui.pack_check import PackCheck
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services.packs import Pack, Subject
from revmentor_desktop.services.preflight import PreflightRow

Act = Callable[[Pack], object]


class PackQuestions(QObject):
    """Lets a pack through once it has been looked through and what there is to ask is answered.

    Signals:
        check_wanted: she wants to see what is the matter.
    """

    check_wanted = Signal()

    def __init__(self, check: PackCheck, notice: NoticeBar, parent: QObject) -> None:
        super().__init__(parent)
        self._check, self._notice = check, notice
        self._left_out: frozenset[tuple[DocumentKind, Subject]] = frozenset()
        self._agreed: tuple[Pack, str] | None = None
        self._waiting: tuple[Pack, Act, bool] | None = None
        check.checked.connect(self._on_checked)

    def forget(self) -> None:
        """Another pack is chosen: nothing has been answered, and nothing waits."""
        self._left_out, self._waiting = frozenset(), None
        self._notice.dismiss()

    def let_through(self, pack: Pack, then: Act, saves: bool) -> None:
        """Call ``then`` with the pack, at once or when she has answered.

        ``saves``: what is asked about is saving, not printing.
        """
        if self._check.is_running:
            self._waiting = (pack, then, saves)
            return
        pack = replace(pack, left_out=self._left_out)
        stopped = [row for row in self._check.rows() if self._stops(row)]
        doubts = self._check.doubts(self._left_out)
        if stopped:
            self._ask_to_leave_out(stopped, partial(self.let_through, pack, then, saves))
        elif doubts and self._agreed != (pack, doubts):
            self._ask(doubts, partial(self._agree, pack, doubts, then, saves), saves)
        else:
            then(pack)

    def _ask(self, doubts: str, agree: Callable[[], object], saves: bool) -> None:
        question = _("Save anyway?") if saves else _("Print anyway?")
        choices: list[tuple[str, Callable[[], object]]] = [
            (_("Save anyway") if saves else _("Print anyway"), agree),
            (_("Show"), self.check_wanted.emit),
        ]
        if self._check.undecided() and self._check.confirmed():
            choices.insert(1, (_("Only confirmed pairs"), self._check.confirmed_wanted.emit))
        self._notice.say("warn", f"{doubts} {question}", choices)

    def _on_checked(self) -> None:
        # What has been mended meanwhile is printed.
        self._left_out &= {key_of(row) for row in self._check.found.rows if is_undrawable(row)}
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.let_through(*waiting)

    def _stops(self, row: PreflightRow) -> bool:
        """Whether a letter would stop the pack; one that is refused is left out by itself."""
        return is_undrawable(row) and key_of(row) not in self._left_out

    def _ask_to_leave_out(
        self, stopped: Sequence[PreflightRow], again: Callable[[], object]
    ) -> None:
        text = ngettext(
            "{n} letter cannot be printed: it has characters that no font can draw.",
            "{n} letters cannot be printed: they have characters that no font can draw.",
            len(stopped),
        )
        choices: list[tuple[str, Callable[[], object]]] = [(_("Show"), self.check_wanted.emit)]
        if len(stopped) < len(self._check.rows()):
            leave = partial(self._leave_out, stopped, again)
            choices.insert(0, (_("Leave them out"), leave))
        self._notice.say("bad", text, choices)

    def _leave_out(self, stopped: Sequence[PreflightRow], again: Callable[[], object]) -> None:
        self._left_out |= {key_of(row) for row in stopped}
        again()

    def _agree(self, pack: Pack, doubts: str, then: Act, saves: bool) -> None:
        self._agreed = (pack, doubts)
        self.let_through(pack, then, saves)


def is_undrawable(row: PreflightRow) -> bool:
    """Whether no font has some of a letter's characters."""
    return any(problem.what == "undrawable" for problem in row.problems)


def key_of(row: PreflightRow) -> tuple[DocumentKind, Subject]:
    """Which letter a row is about."""
    return row.kind, row.subject

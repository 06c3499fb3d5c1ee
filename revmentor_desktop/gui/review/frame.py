"""The head and the foot of the review: what it is about, undo, export; accepting; its columns."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QMenu,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from revmentor_desktop.domain.base import collated
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.icons import icon
from revmentor_desktop.gui.progress_sheet import QUIET_MS
from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import N_, _, ngettext
from revmentor_desktop.services.programmes import ProgrammeRow
from revmentor_desktop.services.review import Review

EXPORTS = ((".xlsx", N_("Spreadsheet (XLSX) …")), (".csv", N_("CSV …")), (".pdf", N_("PDF …")))


class Head(QWidget):
    """Title, undo and redo, and what is done with the whole.

    Signals:
        rules_toggled: whether the rules are to show.
        export_wanted: the ending of the file to write.
        start_again_wanted: every decision is to be forgotten.
        stepping: a step is about to be taken back, or done again.
    """

    rules_toggled = Signal(bool)
    export_wanted = Signal(str)
    start_again_wanted = Signal()
    stepping = Signal()

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self.can_export = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(_("Proposed pairs"), "title"))
        self.sub = label(_("Looking for the best set of pairs …"), "muted", wrap=True)
        words.addWidget(self.sub)
        row.addLayout(words, 1)
        self.undo_action = self._action(window, _("Undo"), "undo-2", self.undo)
        self.undo_action.setShortcut(QKeySequence("Ctrl+Z"))
        self.redo_action = self._action(window, _("Redo"), "redo-2", self.redo)
        self.redo_action.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        for action in (self.undo_action, self.redo_action):
            row.addWidget(_tool(action))
        self.rules_button = button(_("Rules and weights"), icon_name="sliders-horizontal")
        self.rules_button.setCheckable(True)
        self.rules_button.toggled.connect(self.rules_toggled)
        row.addWidget(self.rules_button)
        self.more_button = button(_("More"), self._show_menu, "ellipsis")
        row.addWidget(self.more_button)
        context.undo_stack.indexChanged.connect(self._on_stack_changed)
        self._on_stack_changed()

    def show_review(self, review: Review, programme: ProgrammeRow) -> None:
        """What the proposal covers."""
        only = review.collected.only
        if only:
            names = sorted((review.collected.name(id_) for id_ in only if id_ in
                            review.collected.profiles), key=collated)  # fmt: skip
            said = _("Another partner for {names}; all other pairs stay.")
            self.sub.setText(said.format(names=_(" and ").join(names)))
            return
        pairs = ngettext("{n} pair", "{n} pairs", len(review.suggestions))
        has_people = bool(review.mentees and review.mentors)
        self.rules_button.setVisible(has_people)
        self.more_button.setVisible(has_people)
        if not has_people:
            self.sub.setText(programme.name)
            return
        text = _("{programme}: {pairs}; {mentors} as {mentor} and {mentees} as {mentee} take part. "
                 "Nothing is a pair until you accept.")  # fmt: skip
        self.sub.setText(
            text.format(
                programme=programme.name, pairs=pairs, mentees=review.mentees,
                mentors=review.mentors, mentee=programme.mentee, mentor=programme.mentor,
            )
        )  # fmt: skip

    def undo(self) -> None:
        """Take the last step back."""
        self.stepping.emit()
        text = self._context.undo_stack.undoText()
        self._context.undo_stack.undo()
        self._context.said.emit(_("Taken back: {what}").format(what=text), False)

    def redo(self) -> None:
        """Do it again."""
        self.stepping.emit()
        text = self._context.undo_stack.redoText()
        self._context.undo_stack.redo()
        self._context.said.emit(_("Done again: {what}").format(what=text), False)

    def menu(self) -> QMenu:
        """Export, and a new beginning."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        export = menu.addMenu(icon("download"), _("Export the proposal"))
        export.setEnabled(self.can_export)
        for ending, text in EXPORTS:
            export.addAction(_(text), partial(self.export_wanted.emit, ending))
        menu.addSeparator()
        menu.addAction(
            icon("history"), _("Forget all decisions made here"), self.start_again_wanted.emit
        )
        return menu

    def _show_menu(self) -> None:
        self.menu().popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def _on_stack_changed(self) -> None:
        stack = self._context.undo_stack
        for action, plain, able, words in (
            (self.undo_action, _("Undo"), stack.canUndo(), stack.undoText()),
            (self.redo_action, _("Redo"), stack.canRedo(), stack.redoText()),
        ):
            action.setEnabled(able)
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            said = f"{plain}: {words}" if able and words else plain
            action.setToolTip(f"{said}  ({keys})".replace("<", "‹"))

    def _action(self, window: QWidget, text: str, picture: str, act: object) -> QAction:
        action = QAction(icon(picture), text, window)
        action.triggered.connect(act)
        window.addAction(action)
        return action


class Foot(QWidget):
    """What goes on, what went wrong, and accepting.

    Signals:
        all_toggled: all pairs are to be ticked, or none.
        stopped: what is being computed is not wanted.
        again_wanted: it is wanted after all.
    """

    all_toggled = Signal(bool)
    stopped = Signal()
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.all_box = QCheckBox(_("&All of them"))
        self.all_box.setChecked(True)
        self.all_box.clicked.connect(self.all_toggled)
        row.addWidget(self.all_box)
        self._error = label("", "error", wrap=True)
        self._busy = label(_("Looking for the best set of pairs …"), "muted")
        self._stop = button(_("Stop"), self.stopped.emit, kind="flat")
        self._stale = label(_("These pairs are from before your last change."), "muted")
        self.again_button = button(_("Look again"), self.again_wanted.emit, kind="flat")
        row.addWidget(self._error, 1)
        row.addStretch()
        for widget in (self._busy, self._stop, self._stale, self.again_button):
            row.addWidget(widget)
        self.close_button = button(_("Close"))
        self.accept_button = button("", kind="filled")
        self.accept_button.setEnabled(False)
        for made in (self.close_button, self.accept_button):
            # Enter is for the table.
            made.setAutoDefault(False)
            row.addWidget(made)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(QUIET_MS)
        self._patience.timeout.connect(self._show_stop)
        self._ticked, self._is_current = 0, False
        self.show_error("")
        self.show_work(is_busy=False, is_current=True)

    @property
    def error(self) -> str:
        """The sentence that is shown, "" where there is none."""
        return self._error.text()

    def show_error(self, sentence: str) -> None:
        """Say what was refused."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    def show_work(self, *, is_busy: bool, is_current: bool) -> None:
        """Say that a long answer is on its way, or was stopped; only the newest is accepted."""
        self.is_busy, self._is_current = is_busy, is_current
        if not is_busy:
            self._patience.stop()
            self._show_stop(False)
        elif not (self._busy.isVisible() or self._patience.isActive()):
            self._patience.start()
        for widget in (self._stale, self.again_button):
            widget.setVisible(not (is_busy or is_current))
        self._show_acceptable()

    def _show_stop(self, shown: bool = True) -> None:
        self._busy.setVisible(shown)
        self._stop.setVisible(shown)

    def show_ticks(self, ticked: int, pairs: int) -> None:
        """How many would be accepted."""
        self.all_box.setVisible(pairs > 0)
        self.all_box.setChecked(ticked == pairs and pairs > 0)
        self.accept_button.setVisible(pairs > 0)
        self._ticked = ticked
        self._show_acceptable()
        self.accept_button.setText(ngettext("Accept {n} pair", "Accept {n} pairs", ticked))
        self.accept_button.setAccessibleName(self.accept_button.text())

    def _show_acceptable(self) -> None:
        self.accept_button.setEnabled(self._ticked > 0 and self._is_current)


def _tool(action: QAction) -> QToolButton:
    made = QToolButton()
    made.setDefaultAction(action)
    made.setIconSize(QSize(17, 17))
    made.setFixedSize(34, 34)
    made.setAutoRaise(True)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAccessibleName(action.text())
    return made


def splitter(way: Qt.Orientation, *parts: QWidget) -> QSplitter:
    """Parts beside one another; none can be folded away by dragging."""
    made = QSplitter(way)
    made.setHandleWidth(9)
    made.setObjectName("gap")
    for part in parts:
        made.addWidget(part)
    for at in range(made.count()):
        made.setCollapsible(at, False)
    return made

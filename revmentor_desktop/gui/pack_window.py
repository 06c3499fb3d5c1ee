"""Letters and documents: which, for whom, looked through and previewed, then printed or saved."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from revmentor_desktop.domain.errors import Progress, UserError
from revmentor_desktop.domain.printed import Scope
from revmentor_desktop.gui.changed_button import ChangedButton
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.memory import Memory
from revmentor_desktop.gui.pack_check import PackCheck
from revmentor_desktop.gui.pack_choices import PackChoices
from revmentor_desktop.gui.pack_more import PackMore
from revmentor_desktop.gui.pack_output import ISSUED, PackOutput
from revmentor_desktop.gui.pack_preview import PackPreview
from revmentor_desktop.gui.pack_questions import Act, PackQuestions
from revmentor_desktop.gui.preflight_table import FORMS, Finding
from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import _
from revmentor_desktop.services import packs
from revmentor_desktop.services.packs import Pack, Subject
from revmentor_desktop.services.programmes import ProgrammeRow
from revmentor_desktop.store.workspace import Workspace

PLACE = "pack"
PREVIEW, CHECK = range(2)
PAUSE_MS = 250
"""So long nothing is chosen or recorded before it is looked through again."""


class PackWindow(QDialog):
    """Nothing is written or recorded before she saves or prints.

    Signals:
        person_opened, pair_opened: the record of a letter is asked for.
        command_requested: the name of a command of the main window.
    """

    person_opened = Signal(int)
    pair_opened = Signal(int)
    command_requested = Signal(str)

    def __init__(
        self,
        context: Context,
        programme: ProgrammeRow,
        memory: Memory,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Letters and packs"))
        self.resize(1240, 760)
        self._context, self._programme, self._memory = context, programme, memory
        self.choices = PackChoices(context, programme)
        self.preview = PackPreview(context)
        self.check = PackCheck(context)
        self.output = PackOutput(context)
        self.more = PackMore(context, programme, memory, self.choices, self.output, self)
        self._questions = PackQuestions(self.check, self.output.notice, self)
        self._is_stale, self._is_finding, self._asked = True, False, 0
        self._later = QTimer(self, singleShot=True)
        self._build()
        self.choices.recall(memory)
        memory.place(PLACE, self, self._splitter, self.preview.pane.splitter)
        self._later.timeout.connect(self._look_again)
        self.choices.changed.connect(self._on_chosen)
        self.check.checked.connect(self._on_checked)
        self.check.record_opened.connect(self._on_record_opened)
        self.check.confirmed_wanted.connect(self._on_confirmed_wanted)
        self._questions.check_wanted.connect(partial(self.tabs.setCurrentIndex, CHECK))
        self.output.busy_changed.connect(self._on_busy_changed)
        context.changed.connect(self._on_changed)
        self._later.start(0)

    @property
    def programme(self) -> ProgrammeRow:
        """Whose documents these are."""
        return self._programme

    @property
    def is_looking(self) -> bool:
        """Whether what is chosen is still being looked through or drawn."""
        waits = self._later.isActive() or self._is_finding
        return waits or self.check.is_running or self.preview.is_running

    def choose_target(self) -> None:
        """Ask where the PDF goes, or the folder, and write there."""
        self._begin(self._ask_target, saves=True)

    def print(self) -> None:
        """Print on a printer of the system."""
        self._begin(partial(self.output.print, two_sided=self.choices.two_sided.isChecked()))

    def view(self) -> None:
        """Open the pack in the system's viewer."""
        self._begin(partial(self.output.view, two_sided=self.choices.two_sided.isChecked()))

    def write(self, target: Path) -> None:
        """Write the pack there: a PDF, or a folder of them."""
        self._begin(partial(self._write, target), saves=True)

    def done(self, result: int) -> None:
        """Stop what runs, remember the window and what was chosen, and close."""
        self.output.cancel()
        self.check.stop()
        self.preview.close_pdf()
        self._later.stop()
        self._memory.remember_place(PLACE, self, self._splitter, self.preview.pane.splitter)
        self.choices.remember(self._memory)
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field writes nothing."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    # Looking through

    def _on_chosen(self) -> None:
        self._questions.forget()
        self._is_stale = True
        self._later.start(PAUSE_MS)

    def _on_changed(self, tables: frozenset[str]) -> None:
        # What was printed changes no page.
        self._is_stale = self._is_stale or bool(tables - ISSUED)
        self.choices.refill()
        self.changed_button.count()
        self._later.start(PAUSE_MS)

    def _look_again(self) -> None:
        if self._is_stale:
            self.preview.stop()
        self._asked += 1
        try:
            pack = self.choices.pack()
        except UserError as refusal:
            self._on_refused(self._asked, refusal)
            return
        self._is_finding = True
        self._context.start(
            _found, self._asked, self._context.workspace, pack,
            on_done=self._on_found, on_failed=partial(self._on_refused, self._asked),
        )  # fmt: skip
        self.check.look(pack, self.choices.names())

    def _on_found(self, result: tuple[int, Pack, list[Subject]]) -> None:
        number, pack, subjects = result
        if number == self._asked:
            self._is_finding = False
            self._enable(True)
            if pack.only == "all" and self._is_stale:
                self._show_preview(pack, subjects)

    def _on_refused(self, number: int, refusal: UserError) -> None:
        if number == self._asked:
            self._is_finding = False
            self._is_stale = True
            self.check.forget()
            self.preview.show_sentence(str(refusal))
            self._sub.setText(self._programme.name)
            self.tabs.setTabText(CHECK, _("Check"))
            self._enable(False)

    def _show_preview(self, pack: Pack, subjects: Iterable[Subject]) -> None:
        names = self.choices.names()
        named = {subject: names.get(subject, subject.code) for subject in subjects}
        self.preview.show_pack(pack, self.choices.two_sided.isChecked(), named)
        self._is_stale = False

    def _on_checked(self) -> None:
        pack = self.check.pack
        if pack is not None and pack.only != "all":
            # Only now it is known whose letters are missing or have changed.
            self._show_preview(pack, dict.fromkeys(row.subject for row in self.check.rows()))
        self.choices.show_counts(self.check.counted("changed"), self.check.counted("missing"))
        self._sub.setText(f"{self._programme.name}  ·  {self.check.summary()}")
        needed = self.check.needed()
        text = _("Check ({n})").format(n=needed) if needed else _("Check")
        self.tabs.setTabText(CHECK, text)

    def _on_confirmed_wanted(self) -> None:
        self.choices.recipients[Scope.PAIR].choose(self.check.confirmed())

    def _on_record_opened(self, finding: Finding) -> None:
        if finding.staff_id is not None:
            self.person_opened.emit(finding.staff_id)
        elif finding.pair_id is not None:
            self.pair_opened.emit(finding.pair_id)
        elif finding.form:
            self.command_requested.emit(FORMS[finding.form])

    # Printing and saving

    def _begin(self, then: Act, saves: bool = False) -> None:
        """Print or save, once what is to be asked has been answered."""
        if self._later.isActive():
            self._later.stop()
            self._look_again()
        try:
            pack = self.choices.pack()
        except UserError as refusal:
            self.output.refuse(refusal)
        else:
            self._questions.let_through(pack, then, saves)

    def _ask_target(self, pack: Pack) -> None:
        target = self.output.ask_target(self._programme.name, self.choices.is_folder)
        if target is not None:
            self._write(target, pack)

    def _write(self, target: Path, pack: Pack) -> None:
        save = self.output.save_each if self.choices.is_folder else self.output.save
        save(pack, self.choices.two_sided.isChecked(), target)

    def _on_busy_changed(self, busy: bool) -> None:
        for part in (self.choices, self.changed_button, self.more_button):
            part.setEnabled(not busy)
        self._enable(not busy and not self.preview.sentence)

    def _enable(self, on: bool) -> None:
        for made in (self.save_button, self.print_button, self.view_button):
            made.setEnabled(on and not self.output.is_busy)

    def _open_agreements(self) -> None:
        from revmentor_desktop.gui.agreements_form import AgreementsForm

        AgreementsForm(self._context, self._programme.id, self).open()

    # Parts

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 16)
        outer.setSpacing(12)
        outer.addLayout(self._head())
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(_("Preview and check"))
        self.tabs.addTab(self.preview, _("Preview"))
        self.tabs.addTab(self.check, _("Check"))
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setObjectName("gap")
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.choices)
        self._splitter.addWidget(self.tabs)
        self._splitter.setHandleWidth(13)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([340, 860])
        outer.addWidget(self._splitter, 1)
        outer.addWidget(self.output)
        outer.addLayout(self._foot())

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(_("Letters and packs"), "title"))
        self._sub = label(self._programme.name, "muted")
        self._sub.setMinimumWidth(1)
        words.addWidget(self._sub)
        head.addLayout(words, 1)
        self.changed_button = ChangedButton(self._context, self._programme.id)
        self.changed_button.pack_chosen.connect(self.choices.choose_pack)
        self.more_button = button(_("More"), icon_name="ellipsis")
        self.more_button.setMenu(self.more.menu)
        for made in (
            self.changed_button,
            button(_("Signed agreements …"), self._open_agreements, "list-checks"),
            self.more_button,
        ):
            head.addWidget(made)
        return head

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(button(_("Close"), self.reject))
        row.addStretch()
        self.view_button = button(_("Open in viewer"), self.view, "eye")
        self.print_button = button(_("Print …"), self.print, "printer")
        self.save_button = button(_("Save as PDF …"), self.choose_target, "download", "filled")
        self.print_button.setShortcut("Ctrl+P")
        self.save_button.setShortcut("Ctrl+S")
        for made in (self.view_button, self.print_button, self.save_button):
            row.addWidget(made)
        return row


def _found(
    number: int, workspace: Workspace, pack: Pack, progress: Progress
) -> tuple[int, Pack, list[Subject]]:
    """Whom a pack is for, with the number of the request, so that stale answers are dropped."""
    progress(0, 0)
    return number, pack, [subject for subject, _kinds in workspace.read(packs.subjects, pack)]

"""Letters and documents: which, for whom, looked through and previewed, then printed or saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.file_names import file_name
from revmentor_desktop.domain.printed import DocumentKind
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.memory import Memory
from revmentor_desktop.gui.pack_check import PackCheck
from revmentor_desktop.gui.pack_choices import A_FOLDER, PackChoices
from revmentor_desktop.gui.pack_output import PackOutput
from revmentor_desktop.gui.pack_preview import PackPreview
from revmentor_desktop.gui.preflight_table import Finding
from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services import packs
from revmentor_desktop.services.packs import Only, Pack
from revmentor_desktop.services.preflight import PreflightRow
from revmentor_desktop.services.programmes import ProgrammeRow

PLACE = "pack"
UNSEEN = frozenset({"audit", "backups", "exports", "erasures", "rules", "presets"})
"""Tables that no letter says anything of."""
Act = Callable[[Pack, bool], object]
PREVIEW, CHECK = range(2)


class PackWindow(QDialog):
    """Nothing is written or recorded before she saves or prints.

    Signals:
        person_opened, pair_opened: the record of a letter is asked for.
    """

    person_opened = Signal(int)
    pair_opened = Signal(int)

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
        self._left_out: frozenset[tuple[DocumentKind, packs.Subject]] = frozenset()
        self._agreed: Pack | None = None
        self._then: Act | None = None
        self.choices = PackChoices(context, programme)
        self.preview = PackPreview(context)
        self.check = PackCheck(context)
        self.output = PackOutput(context)
        self._later = QTimer(self, singleShot=True, interval=250)
        self._build()
        self.choices.recall(memory)
        memory.place(PLACE, self, self._splitter, self.preview.pane.splitter)
        self._later.timeout.connect(self._look_again)
        self.choices.changed.connect(self._on_chosen)
        self.check.checked.connect(self._on_checked)
        self.check.record_opened.connect(self._on_record_opened)
        self.output.busy_changed.connect(self._on_busy_changed)
        context.changed.connect(self._on_changed)
        self._later.start()

    @property
    def programme(self) -> ProgrammeRow:
        """Whose documents these are."""
        return self._programme

    def choose(
        self,
        kinds: Sequence[DocumentKind] | None = None,
        pairs: Sequence[int] = (),
        only: Only = "all",
    ) -> None:
        """Show the window with this choice; ``kinds`` None: as it was, or as the plan suggests."""
        self.choices.choose(kinds, pairs, only)

    def choose_target(self) -> None:
        """Ask where the PDF goes, or the folder, and write there."""
        self._begin(self._ask_target)

    def print(self) -> None:
        """Print on a printer of the system."""
        self._begin(self.output.print)

    def view(self) -> None:
        """Open the pack in the system's viewer."""
        self._begin(self.output.view)

    def write(self, target: Path) -> None:
        """Write the pack there: a PDF, or a folder of them."""
        self._begin(partial(self._write, target))

    def done(self, result: int) -> None:
        """Stop what runs, remember the window and what was chosen, and close."""
        self.output.cancel()
        self.check.stop()
        self.preview.close_pdf()
        self._later.stop()
        self._memory.remember_place(PLACE, self, self._splitter, self.preview.pane.splitter)
        self.choices.remember(self._memory)
        super().done(result)

    # Looking through

    def _on_chosen(self) -> None:
        self._left_out = frozenset()
        self.output.notice.dismiss()
        self._later.start()

    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables - UNSEEN:
            self.choices.refill()
            self._later.start()

    def _look_again(self) -> None:
        try:
            pack = self.choices.pack()
            found = self._context.read(packs.subjects, pack)
        except UserError as refusal:
            self.check.stop()
            self.preview.show_sentence(str(refusal))
            self._enable(False)
            return
        names = self.choices.names()
        subjects = {subject: names.get(subject, subject.code) for subject, _kinds in found}
        self.preview.show_pack(pack, self.choices.two_sided.isChecked(), subjects)
        self.check.look(pack, names)
        self._enable(True)

    def _on_checked(self) -> None:
        self.choices.show_counts(self.check.counted("changed"), self.check.counted("missing"))
        self._sub.setText(f"{self._programme.name}  ·  {self.check.summary()}")
        needed = self.check.needed()
        text = _("Check ({n})").format(n=needed) if needed else _("Check")
        self.tabs.setTabText(CHECK, text)
        then, self._then = self._then, None
        if then is not None:
            self._begin(then)

    def _on_record_opened(self, finding: Finding) -> None:
        if finding.staff_id is not None:
            self.person_opened.emit(finding.staff_id)
        elif finding.pair_id is not None:
            self.pair_opened.emit(finding.pair_id)

    # Printing and saving

    def _begin(self, then: Act) -> None:
        """Print or save, once what is to be asked has been answered."""
        if self._later.isActive():
            self._later.stop()
            self._look_again()
        if self.check.is_running:
            self._then = then
            return
        try:
            pack = replace(self.choices.pack(), left_out=self._left_out)
        except UserError as refusal:
            self.output.refuse(refusal)
            return
        stopped = [row for row in self.check.rows() if self._stops(row)]
        question = self.check.question(self._left_out)
        if stopped:
            self._ask_to_leave_out(stopped, then)
        elif question and self._agreed != pack:
            self.output.notice.say(
                "warn",
                question,
                [(_("Print anyway"), partial(self._agree, pack, then)),
                 (_("Show"), partial(self.tabs.setCurrentIndex, CHECK))],
            )  # fmt: skip
        else:
            then(pack, self.choices.two_sided.isChecked())

    def _stops(self, row: PreflightRow) -> bool:
        """Whether a letter would stop the pack; one that is refused is left out by itself."""
        undrawable = any(problem.what == "undrawable" for problem in row.problems)
        return undrawable and (row.kind, row.subject) not in self._left_out

    def _ask_to_leave_out(self, stopped: Sequence[PreflightRow], then: Act) -> None:
        text = ngettext(
            "{n} letter cannot be printed: it has characters that no font can draw.",
            "{n} letters cannot be printed: they have characters that no font can draw.",
            len(stopped),
        )
        leave = partial(self._leave_out, stopped, then)
        choices = [(_("Show"), partial(self.tabs.setCurrentIndex, CHECK))]
        if len(stopped) < len(self.check.rows()):
            choices.insert(0, (_("Leave them out"), leave))
        self.output.notice.say("bad", text, choices)

    def _leave_out(self, stopped: Sequence[PreflightRow], then: Act) -> None:
        self._left_out = frozenset((row.kind, row.subject) for row in stopped)
        self._begin(then)

    def _agree(self, pack: Pack, then: Act) -> None:
        self._agreed = pack
        self._begin(then)

    def _ask_target(self, pack: Pack, two_sided: bool) -> None:
        folder = self._context.workspace.path.parent
        name = file_name(_("{programme} pack").format(programme=self._programme.name))
        if self.choices.into.currentData() == A_FOLDER:
            chosen = QFileDialog.getExistingDirectory(self, _("Save into a folder"), str(folder))
        else:
            chosen, _kind = QFileDialog.getSaveFileName(
                self, _("Save as PDF"), str(folder / f"{name}.pdf"), "PDF (*.pdf)"
            )
        if chosen:
            self._write(Path(chosen), pack, two_sided)

    def _write(self, target: Path, pack: Pack, two_sided: bool) -> None:
        if self.choices.into.currentData() == A_FOLDER:
            self.output.save_each(pack, two_sided, target)
        else:
            path = target if target.suffix else target.with_suffix(".pdf")
            self.output.save(pack, two_sided, path)

    def _on_busy_changed(self, busy: bool) -> None:
        self.choices.setEnabled(not busy)
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
        words.addWidget(self._sub)
        head.addLayout(words, 1)
        head.addWidget(button(_("Signed agreements …"), self._open_agreements, "list-checks"))
        return head

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(button(_("Close"), self.reject))
        row.addStretch()
        self.view_button = button(_("Open in viewer"), self.view, "eye")
        self.print_button = button(_("Print …"), self.print, "printer")
        self.save_button = button(_("Save as PDF …"), self.choose_target, "download", "filled")
        self.save_button.setDefault(True)
        for made in (self.view_button, self.print_button, self.save_button):
            row.addWidget(made)
        return row

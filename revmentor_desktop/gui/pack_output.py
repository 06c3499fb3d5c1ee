"""Where a pack goes: a PDF, a folder, the printer, or the system's viewer."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from revmentor_desktop.documents.preview import page_count
from revmentor_desktop.domain.errors import Progress, UserError
from revmentor_desktop.gui import printing
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.notice_bar import NoticeBar
from revmentor_desktop.gui.task import Task
from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import _, format_number, ngettext
from revmentor_desktop.jobs import labels, places, viewed
from revmentor_desktop.jobs import pack as job
from revmentor_desktop.jobs.forms import FormsResult
from revmentor_desktop.jobs.pack import Contents, PackResult, Pages
from revmentor_desktop.services.packs import Pack
from revmentor_desktop.store.workspace import Workspace

Printed = Callable[[str, Collection[int]], object]
"""Told what happened in words, and which pages (from 0) are on paper."""
ISSUED = frozenset({"issued_documents"})


class PackOutput(QWidget):
    """Does one thing at a time, shows how far it is, and says in one sentence what came of it.

    Signals:
        busy_changed: whether something is being written or printed.
        written: the PDF or folder that is there now.
    """

    busy_changed = Signal(bool)
    written = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._task: Task | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.notice = NoticeBar()
        layout.addWidget(self.notice)
        self._progress = QWidget()
        row = QHBoxLayout(self._progress)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._words = label("", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.cancel_button = button(_("Cancel"), self.cancel)
        row.addWidget(self._words)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel_button)
        layout.addWidget(self._progress)
        self._progress.hide()

    @property
    def is_busy(self) -> bool:
        """Whether something is being written or printed."""
        return self._task is not None

    def cancel(self) -> None:
        """Stop what is being done; nothing of it is kept."""
        if self._task is not None:
            self._task.cancel()
            self._words.setText(_("Stopping …"))
            self.cancel_button.setEnabled(False)

    def ask_target(self, programme: str, is_folder: bool) -> Path | None:
        """Ask where the PDF goes, or the folder; None where she leaves the question."""
        beside = self._context.workspace.path.parent
        if is_folder:
            chosen = QFileDialog.getExistingDirectory(self, _("Save into a folder"), str(beside))
            return Path(chosen) if chosen else None
        name = places.file_stem(_("{programme} pack").format(programme=programme))
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save as PDF"), str(beside / f"{name}.pdf"), "PDF (*.pdf)"
        )
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix else path.with_suffix(".pdf")

    def save(self, pack: Pack, two_sided: bool, target: Path) -> None:
        """Write one PDF, whole or not at all."""
        work = partial(job.make_pack, duplex=two_sided)
        self.run(_("Writing"), work, target, pack, done=self._on_written)

    def save_each(self, pack: Pack, two_sided: bool, folder: Path) -> None:
        """Write one PDF for each pair or person into a folder."""
        work = partial(job.make_folder, duplex=two_sided)
        self.run(_("Writing"), work, folder, pack, done=self._on_written)

    def save_labels(self, pack: Pack, sheet: str, first: int, target: Path) -> None:
        """Write address labels for whom the pack is for."""
        done = partial(self._on_labels_written, target)
        self.run(_("Writing"), labels.make_labels, target, pack, sheet, first, done=done)

    def print_labels(self, pack: Pack, sheet: str, first: int) -> None:
        """Print them; labels are no letters, so nothing is recorded."""
        ready = partial(self._on_printable, self._on_labels_printed, False)
        self.run(_("Preparing the pages"), labels.labels_of, pack, sheet, first, done=ready)

    def save_forms(self, work: Callable[..., FormsResult], *args: object) -> None:
        """Write forms to fill in on screen, one file each."""
        self.run(_("Writing"), work, *args, done=self._on_forms_written)

    def print(self, pack: Pack, two_sided: bool) -> None:
        """Print the letters, and record them once the printer has taken them."""
        work = partial(job.pages_of, duplex=two_sided, tagged=False)
        ready = partial(self._on_pack_printable, two_sided)
        self.run(_("Preparing the pages"), work, pack, done=ready)

    def view(self, pack: Pack, two_sided: bool) -> None:
        """Make the pages, and open them in the system's viewer."""
        work = partial(job.pages_of, duplex=two_sided)
        self.run(_("Preparing the pages"), work, pack, done=self._on_viewable)

    def tell(self, text: str) -> None:
        """Say that something is done."""
        self.notice.say("ok", text)

    def tell_written(self, text: str, target: Path) -> None:
        """Say what was written, and lead there."""
        is_folder = target.is_dir()
        choices = [(_("Show in folder"), partial(_open, target if is_folder else target.parent))]
        if not is_folder:
            choices.insert(0, (_("Open"), partial(_open, target)))
        self.notice.say("ok", text, choices)
        self.written.emit(target)

    def refuse(self, refusal: UserError) -> None:
        """Say why something was not done."""
        self.notice.say("bad", str(refusal))

    def run(
        self, words: str, work: Callable[..., Any], *args: object, done: Callable[[Any], object]
    ) -> None:
        """Run a job on the open file, with progress and Cancel."""
        self._follow(words, work, self._context.workspace, *args, done=done)

    def _follow(
        self, words: str, work: Callable[..., Any], *args: object, done: Callable[[Any], object]
    ) -> None:
        if self._task is not None:
            return
        self.notice.dismiss()
        self.bar.setRange(0, 0)
        self._words.setText(words)
        self.cancel_button.setEnabled(True)
        self._progress.show()
        self._task = task = self._context.start(
            work, *args, on_done=done, on_failed=self.refuse, label=words
        )
        task.progressed.connect(self._on_progressed)
        task.ended.connect(self._on_ended)
        self.busy_changed.emit(True)

    def _on_progressed(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        if self._task is not None and not self._task.is_cancelled:
            words = _("{what}: {done} of {all}").format(
                what=self._task.label, done=format_number(done), all=format_number(total)
            )
            self._words.setText(words)

    def _on_ended(self) -> None:
        self._task = None
        self._progress.hide()
        self.busy_changed.emit(False)

    def _on_written(self, result: PackResult) -> None:
        what = ngettext("{n} page", "{n} pages", result.pages)
        if result.target.is_dir():
            files = ngettext("{n} file", "{n} files", result.files)
            what = _("{files} with {pages}").format(files=files, pages=what)
        text = _("{pages} written to {name}").format(pages=what, name=result.target.name)
        self._context.adopt(text, ISSUED, None)
        self.tell_written(text, result.target)

    def _on_labels_written(self, target: Path, pages: int) -> None:
        text = ngettext("{n} page of labels written to {name}",
                        "{n} pages of labels written to {name}", pages)  # fmt: skip
        self.tell_written(text.format(name=target.name), target)

    def _on_forms_written(self, result: FormsResult) -> None:
        text = ngettext("{n} form written to {name}", "{n} forms written to {name}",
                        len(result.files))  # fmt: skip
        self.tell_written(text.format(name=result.folder.name), result.folder)

    def _on_labels_printed(self, text: str, _pages: Collection[int]) -> None:
        self.tell(text)

    def _on_pack_printable(self, two_sided: bool, made: Pages) -> None:
        self._on_printable(partial(self._record, made), two_sided, made.data)

    def _on_viewable(self, made: Pages) -> None:
        self._hand_over(partial(self._record, made), made.data)

    def _on_printable(self, printed: Printed, two_sided: bool, data: bytes) -> None:
        count = page_count(data)
        here = partial(self._choose_printer, printed, two_sided, data, count)
        if count <= printing.MANY_PAGES:
            # Once the task has told its end: the dialog waits for an answer.
            QTimer.singleShot(0, self, here)
            return
        text = _("{n} pages take a while from here. Your PDF viewer prints them faster.")
        self.notice.say(
            "info",
            text.format(n=format_number(count)),
            [
                (_("Open in viewer"), partial(self._hand_over, printed, data)),
                (_("Print from here …"), here),
            ],
        )

    def _choose_printer(self, printed: Printed, two_sided: bool, data: bytes, count: int) -> None:
        printer = printing.new_printer(_("Letters and packs"), two_sided)
        if printing.ask(printer, count, self.window()):
            pages = frozenset(printing.pages_to_print(printer, count))
            done = partial(self._on_printed, printed, printer, pages)
            self._follow(_("Printing"), printing.print_pdf, data, printer, done=done)

    def _on_printed(
        self, printed: Printed, printer: QPrinter, pages: Collection[int], count: int
    ) -> None:
        where = printer.printerName() or Path(printer.outputFileName()).name
        text = ngettext("{n} page sent to {printer}", "{n} pages sent to {printer}", count)
        printed(text.format(printer=where), pages)

    def _hand_over(self, printed: Printed, data: bytes) -> None:
        try:
            path = viewed.keep_for_viewer(data)
        except UserError as refusal:
            self.refuse(refusal)
            return
        _open(path)
        every = range(page_count(data))
        self.notice.say(
            "info",
            _("Opened in your PDF viewer. Once it has printed them, say so here."),
            [(_("They are printed"), partial(printed, _("Recorded as printed"), every))],
        )

    def _record(self, made: Pages, text: str, pages: Collection[int]) -> None:
        """Record what is whole on paper, as it was when its pages were made."""
        found = made.printed(pages)
        if len(found.letters) < len(made.found.letters):
            some = ngettext("{n} document is whole and was recorded",
                            "{n} documents are whole and were recorded",
                            len(found.letters))  # fmt: skip
            text = f"{text}. {some}."
        # Once the task has told its end: this is another one.
        done = partial(self._on_recorded, text)
        QTimer.singleShot(0, self, partial(self.run, _("Recording"), _recorded, found, done=done))

    def _on_recorded(self, text: str, _count: int) -> None:
        self._context.adopt(text, ISSUED, None)
        self.tell(text)


def _recorded(workspace: Workspace, found: Contents, progress: Progress) -> int:
    progress(0, 0)
    return job.record(workspace, found)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

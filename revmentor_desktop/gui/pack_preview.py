"""The preview of a pack: one pair's or person's documents at once, the whole pack when asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from revmentor_desktop.documents.preview import PdfPages
from revmentor_desktop.domain.errors import Progress, UserError
from revmentor_desktop.domain.printed import SCOPES, Scope
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.fields import ChoiceField
from revmentor_desktop.gui.preview_pane import PreviewPane
from revmentor_desktop.gui.task import Task
from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import _, format_number
from revmentor_desktop.jobs import pack as job
from revmentor_desktop.services.packs import Pack, Subject
from revmentor_desktop.store.workspace import Workspace


class PackPreview(QWidget):
    """Pages by the real engine; a preview that is no longer wanted is stopped and dropped."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._pack: Pack | None = None
        self._two_sided = self._whole = False
        self._asked = 0
        self._shown: Subject | str | None = ""
        self._task: Task | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 0)
        self.pane = PreviewPane(context)
        self.of = ChoiceField([], strict=True, blank=None)
        self.of.setAccessibleName(_("Preview of"))
        self.of.setMinimumContentsLength(8)
        self.of.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.of.setMaximumWidth(340)
        self._words = label("", "muted")
        self._stop = button(_("Stop"), self.stop, kind="flat")
        for at, widget in enumerate((self.of, self._words, self._stop)):
            self.pane.tools.insertWidget(at, widget, 0 if at else 9)
        layout.addWidget(self.pane)
        self.of.activated.connect(self._on_subject_chosen)
        self._say("")

    @property
    def is_running(self) -> bool:
        """Whether pages are being made."""
        return self._task is not None

    @property
    def sentence(self) -> str:
        """Why nothing is shown, "" where pages are."""
        return self.pane.sentence

    def show_pack(self, pack: Pack, two_sided: bool, subjects: Mapping[Subject, str]) -> None:
        """Preview another pack, with the same subject as before where it is still in it."""
        before = self.of.currentData()
        self._pack, self._two_sided = pack, two_sided
        self.of.set_choices(list(subjects.items()), blank=_("The whole pack"))
        if self._whole:
            self.of.setCurrentIndex(0)
        else:
            self.of.setCurrentIndex(max(bool(subjects), self.of.findData(before)))
        self._draw()

    def show_sentence(self, sentence: str) -> None:
        """Say why there is nothing at all to preview."""
        self.stop()
        self._asked += 1
        self.pane.show_sentence(sentence, with_tools=False)

    def stop(self) -> None:
        """Stop making pages."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._say("")

    def close_pdf(self) -> None:
        """Stop, and free what is shown."""
        self.stop()
        self.pane.close_pdf()

    def _on_subject_chosen(self) -> None:
        self._whole = self.of.currentData() is None
        self._draw()

    def _draw(self) -> None:
        if self._pack is None:
            return
        subject: Subject | None = self.of.currentData()
        self.stop()
        self._asked += 1
        pack = self._pack if subject is None else only_for(self._pack, subject)
        self._say(_("Preparing …"))
        self._task = self._context.start(
            partial(_numbered, self._asked, duplex=self._two_sided), self._context.workspace, pack,
            on_done=self._on_made, on_failed=partial(self._on_failed, self._asked),
        )  # fmt: skip
        self._task.progressed.connect(self._on_progressed)
        self._task.ended.connect(partial(self._on_ended, self._asked))

    def _on_progressed(self, done: int, total: int) -> None:
        if self.sender() is self._task:
            numbers = {"done": format_number(done), "all": format_number(total)}
            self._say(_("Preparing {done} of {all} …").format(**numbers))

    def _on_made(self, result: tuple[int, PdfPages]) -> None:
        number, pages = result
        if number == self._asked:
            shown = self.of.currentData()
            # After an edit she is still looking at the same page.
            page = self.pane.view.page if shown == self._shown else 0
            self._shown = shown
            self.pane.show_pdf(pages)
            self.pane.view.show_page(page)

    def _on_failed(self, number: int, refusal: UserError) -> None:
        if number == self._asked:
            # Of one of them; another may be chosen.
            self.pane.show_sentence(str(refusal), with_tools=self.of.count() > 1)

    def _on_ended(self, number: int) -> None:
        if number == self._asked:
            self._task = None
            self._say("")

    def _say(self, words: str) -> None:
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self._stop.setVisible(bool(words))


def only_for(pack: Pack, subject: Subject) -> Pack:
    """What a pack prints for one of its subjects."""
    pack = replace(pack, kinds=tuple(kind for kind in pack.kinds if SCOPES[kind] is subject.scope))
    ids = (subject.id,)
    if subject.scope is Scope.PAIR:
        return replace(pack, pairs=ids)
    if subject.scope is Scope.PERSON:
        return replace(pack, people=ids)
    return replace(pack, gatherings=ids) if subject.scope is Scope.GATHERING else pack


def _numbered(
    number: int, workspace: Workspace, pack: Pack, progress: Progress, duplex: bool
) -> tuple[int, PdfPages]:
    """The pages with the number of their request, so that stale ones are dropped."""
    made = job.pages_of(workspace, pack, progress, duplex=duplex, tagged=False)
    return number, PdfPages(made.data)

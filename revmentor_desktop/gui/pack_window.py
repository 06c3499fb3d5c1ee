"""Letters and documents: which, for whom, with a preview of the real pages, into one PDF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from revmentor_desktop.documents.preview import PdfPages
from revmentor_desktop.domain.errors import Progress, UserError
from revmentor_desktop.domain.printed import DOCUMENT_NAMES, DocumentKind
from revmentor_desktop.gui import theme
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.task import Task
from revmentor_desktop.gui.widgets import Card, button, label
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.jobs import pack
from revmentor_desktop.jobs.pack import PackResult
from revmentor_desktop.services import packs
from revmentor_desktop.services.packs import Pack
from revmentor_desktop.services.programmes import ProgrammeRow
from revmentor_desktop.store.workspace import Workspace

PREVIEWED = 3
"""The preview shows the first pairs; the PDF has them all."""


class PackWindow(QDialog):
    """A pack is previewed as it will be printed, written whole or not at all, and recorded."""

    def __init__(
        self,
        context: Context,
        programme: ProgrammeRow,
        chosen: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Letters and packs"))
        self.resize(1080, 760)
        self._context, self._programme = context, programme
        printable = context.read(packs.printable, programme.id)
        self._all = printable
        self._chosen = [pair_id for pair_id in chosen if pair_id in printable]
        self._pages: PdfPages | None = None
        self._asked = 0
        self._task: Task | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(250)
        self._later.timeout.connect(self._preview)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(18)
        outer.addLayout(self._choices())
        outer.addLayout(self._preview_side(), 1)
        self._later.start()

    @property
    def error(self) -> str:
        """The sentence that is shown, "" where there is none."""
        return "" if self._error.isHidden() else self._error.text()

    def _choices(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(14)
        side.addWidget(label(_("Letters and packs"), "title"))
        side.addWidget(label(self._programme.name, "muted"))
        documents = Card(_("Documents"))
        self.boxes: dict[DocumentKind, QCheckBox] = {}
        for kind, name in DOCUMENT_NAMES.items():
            box = QCheckBox(_(name))
            box.setChecked(True)
            box.toggled.connect(self._on_changed)
            documents.body.addWidget(box)
            self.boxes[kind] = box
        side.addWidget(documents)
        side.addWidget(self._pairs_card())
        self._error = label("", "error", wrap=True)
        self._error.hide()
        side.addWidget(self._error)
        side.addStretch()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Progress"))
        self._bar.hide()
        side.addWidget(self._bar)
        row = QHBoxLayout()
        self.close_button = button(_("Close"), self._on_close)
        self.save_button = button(_("Save as PDF …"), self.choose_target, "download", "filled")
        self.save_button.setDefault(True)
        row.addWidget(self.close_button)
        row.addWidget(self.save_button, 1)
        side.addLayout(row)
        return side

    def _pairs_card(self) -> Card:
        pairs = Card(_("Pairs"))
        every = ngettext(
            "All {n} pair that can be printed", "All {n} pairs that can be printed", len(self._all)
        )
        self.only_chosen = QCheckBox(
            ngettext("Only the {n} chosen pair", "Only the {n} chosen pairs", len(self._chosen))
        )
        self.only_chosen.setChecked(bool(self._chosen))
        self.only_chosen.setVisible(bool(self._chosen))
        self.only_chosen.toggled.connect(self._on_changed)
        pairs.body.addWidget(label(every, "muted", wrap=True))
        pairs.body.addWidget(self.only_chosen)
        return pairs

    def _preview_side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        self._count = label(_("Preparing the preview …"), "muted")
        side.addWidget(self._count)
        row = QHBoxLayout()
        self.thumbnails = QListWidget()
        self.thumbnails.setAccessibleName(_("Pages"))
        self.thumbnails.setViewMode(QListView.ViewMode.IconMode)
        self.thumbnails.setFlow(QListView.Flow.TopToBottom)
        self.thumbnails.setWrapping(False)
        self.thumbnails.setMovement(QListView.Movement.Static)
        self.thumbnails.setIconSize(QSize(84, 118))
        self.thumbnails.setFixedWidth(132)
        self.thumbnails.setSpacing(4)
        self.thumbnails.setStyleSheet(f"background: {theme.tokens().sunken}; border-radius: 7px;")
        self.thumbnails.currentRowChanged.connect(self._show_page)
        row.addWidget(self.thumbnails)
        self._page = QLabel()
        self._page.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._page.setAccessibleName(_("Page"))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._page)
        row.addWidget(scroll, 1)
        side.addLayout(row, 1)
        return side

    # What is chosen

    def kinds(self) -> list[DocumentKind]:
        """The ticked documents, in the order of printing."""
        return [kind for kind, box in self.boxes.items() if box.isChecked()]

    def pair_ids(self) -> list[int]:
        """The pairs whose documents are printed."""
        return self._chosen if self.only_chosen.isChecked() else self._all

    def _pack(self, pair_ids: Sequence[int]) -> Pack:
        kinds = tuple(self.kinds())
        return Pack(self._programme.id, kinds, self._context.today(), tuple(pair_ids))

    def _on_changed(self) -> None:
        self._refuse("")
        self._later.start()

    # Preview

    def _preview(self) -> None:
        self._asked += 1
        ids = self.pair_ids()[:PREVIEWED]
        self._context.start(
            _numbered_preview, self._asked, self._context.workspace, self._pack(ids),
            on_done=self._on_preview, on_failed=self._on_failed,
        )  # fmt: skip

    def _on_preview(self, result: tuple[int, bytes]) -> None:
        number, data = result
        if number != self._asked:
            return
        if self._pages is not None:
            self._pages.close()
        self._pages = PdfPages(data)
        count = self._pages.count
        text = ngettext("{n} page", "{n} pages", count)
        if len(self.pair_ids()) > PREVIEWED:
            text = _("{pages} of the first {n} pairs").format(pages=text, n=PREVIEWED)
        self._count.setText(_("Preview: {what}").format(what=text))
        self.thumbnails.clear()
        for at in range(count):
            pixmap = _pixmap(self._pages, at, 0.2 * self.devicePixelRatioF())
            item = QListWidgetItem(str(at + 1))
            item.setIcon(QIcon(pixmap))
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.thumbnails.addItem(item)
        self.thumbnails.setCurrentRow(0)

    def _show_page(self, at: int) -> None:
        if self._pages is not None and at >= 0:
            ratio = self.devicePixelRatioF()
            pixmap = _pixmap(self._pages, at, 1.15 * ratio)
            pixmap.setDevicePixelRatio(ratio)
            self._page.setPixmap(pixmap)

    # Writing

    def choose_target(self) -> None:
        """Ask where the PDF goes."""
        folder = self._context.workspace.path.parent
        name = _("{programme} pack").format(programme=_file_name(self._programme.name))
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save as PDF"), str(folder / f"{name}.pdf"), "PDF (*.pdf)"
        )
        if chosen:
            path = Path(chosen)
            self.write(path if path.suffix else path.with_suffix(".pdf"))

    def write(self, target: Path) -> None:
        """Write the pack away from the window, with progress and Cancel."""
        self._refuse("")
        self.save_button.setEnabled(False)
        self.close_button.setText(_("Cancel"))
        self._bar.setRange(0, max(1, len(self.pair_ids())))
        self._bar.show()
        self._task = self._context.start(
            pack.make_pack, self._context.workspace, target, self._pack(self.pair_ids()),
            on_done=self._on_written, on_failed=self._on_failed, label=_("Printing"),
        )  # fmt: skip
        self._task.progressed.connect(self._on_progressed)
        self._task.ended.connect(self._on_ended)

    def _on_progressed(self, done: int, total: int) -> None:
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)

    def _on_written(self, result: PackResult) -> None:
        pages = ngettext("{n} page", "{n} pages", result.pages)
        text = _("{pages} written to {name}").format(pages=pages, name=result.target.name)
        self._context.adopt(text, frozenset({"issued_documents"}), None)
        self.accept()

    def _on_failed(self, refusal: UserError) -> None:
        self._refuse(str(refusal))
        self._count.setText("")

    def _on_ended(self) -> None:
        self._task = None
        self._bar.hide()
        self.save_button.setEnabled(True)
        self.close_button.setText(_("Close"))

    def _on_close(self) -> None:
        if self._task is not None:
            self._task.cancel()
        else:
            self.reject()

    def _refuse(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))


def _numbered_preview(
    number: int, workspace: Workspace, chosen: Pack, progress: Progress
) -> tuple[int, bytes]:  # fmt: skip
    """The preview with the number of its request, so that a stale one is dropped."""
    return number, pack.pages_of(workspace, chosen, progress)


def _pixmap(pages: PdfPages, at: int, scale: float) -> QPixmap:
    drawn = pages.render(at, scale)
    image = QImage(
        drawn.pixels, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32
    )
    return QPixmap.fromImage(image)


def _file_name(text: str) -> str:
    """A programme's name as part of a file name."""
    kept = "".join(c if c.isalnum() or c in " -" else " " for c in text)
    return " ".join(kept.split())[:60] or _("Programme")

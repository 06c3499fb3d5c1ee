"""Letter templates: the wording of every document, edited with the printed page beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMenu,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.letter_fields import offered
from revmentor_desktop.domain.printed import DOCUMENT_NAMES, DocumentKind
from revmentor_desktop.domain.wordings import Wording
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.memory import Memory
from revmentor_desktop.gui.notice_bar import NoticeBar
from revmentor_desktop.gui.template_blocks import BlockList
from revmentor_desktop.gui.template_drafts import Draft
from revmentor_desktop.gui.template_files import TemplateFiles
from revmentor_desktop.gui.template_list import DocumentList
from revmentor_desktop.gui.template_preview import TemplatePreview
from revmentor_desktop.gui.template_toolbar import Toolbar
from revmentor_desktop.gui.template_variants import VariantMenu
from revmentor_desktop.gui.widgets import Card, button, label
from revmentor_desktop.i18n import _
from revmentor_desktop.jobs import letter_wording
from revmentor_desktop.services import organisation, templates

SAVE_MS = 1000
"""After the last keystroke; what has a fault waits for as long as it has it."""
PLACE = "templates"
CHECK_MS = 300
"""After the last keystroke: what is wrong is said, or the page is drawn."""


class TemplateWindow(QDialog):
    """What has no fault is saved as one writes; what has one is kept while the window is open."""

    def __init__(
        self,
        context: Context,
        programme_id: int | None,
        memory: Memory,
        kind: DocumentKind = DocumentKind.MENTOR_LETTER,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Letter templates"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.resize(1240, 760)
        self._context, self._memory = context, memory
        self._language = str(context.read(organisation.settings)["language"])
        self._drafts: dict[DocumentKind, Draft] = {}
        self._is_forced = False
        self._kind = kind
        self._save_later = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._check_later = QTimer(self, singleShot=True, interval=CHECK_MS)
        self.list = DocumentList()
        self.blocks = BlockList()
        self.toolbar = Toolbar(self.blocks)
        self.preview = TemplatePreview(context, programme_id)
        self.files = TemplateFiles(context, self)
        self.variants = VariantMenu(context, self._language, self._is_whole, self)
        self._lay_out()
        memory.place(PLACE, self, self._splitter)
        self._save_later.timeout.connect(self.save)
        self._check_later.timeout.connect(self.check)
        self.list.chosen.connect(self.show_document)
        self.blocks.edited.connect(self._on_edited)
        self.variants.changed.connect(self._on_variant_changed)
        context.changed.connect(self._on_file_changed)
        self._show_rows()
        self.show_document(kind)

    @property
    def draft(self) -> Draft:
        """The document that is edited."""
        return self._drafts[self._kind]

    @property
    def language(self) -> str:
        """The language of the letters, such as en_GB."""
        return self._language

    @property
    def status(self) -> str:
        """Whether all is saved, in words."""
        return self._status.text()

    def show_document(self, kind: DocumentKind) -> None:
        """Edit another document; the one before is saved, or kept as it is."""
        if self._kind in self._drafts:
            self.save()
        self._kind = kind
        if kind not in self._drafts:
            wording = self._context.read(templates.wording, kind, self._language)
            made = Draft(kind, wording, self)
            made.changed.connect(self._on_changed)
            self._drafts[kind] = made
        self._title.setText(_(DOCUMENT_NAMES[kind]))
        self._show_variant()
        self.list.select(kind)
        self.blocks.show_document(self.draft.wording.blocks, offered(kind))
        self.toolbar.set_draft(self.draft)
        self.preview.show_kind(kind, self.draft.wording)
        self.check()

    def check(self) -> None:
        """Say under the lines what is wrong with them."""
        self._check_later.stop()
        faults = self.draft.faults()
        self.blocks.set_faults(faults)
        self.list.mark_faulty(self._kind, bool(faults))
        if faults:
            self.preview.hold()
            self.say(_("Not saved yet: {what}").format(what=faults[0].sentence), "error")
            return
        self.preview.show_wording(self.draft.wording)
        if self.draft.is_saved:
            self.say(_("All changes saved"))

    def save(self) -> None:
        """Save what has no fault."""
        self._save_later.stop()
        draft = self.draft
        self.check()
        if draft.is_saved or draft.faults():
            return
        text = _("Wording changed: {document}").format(document=_(DOCUMENT_NAMES[draft.kind]))
        try:
            self._context.do(text, letter_wording.save, draft.kind, self._language, draft.wording)
        except UserError as refusal:
            self.say(str(refusal), "error")
            return
        self.say(_("All changes saved"))

    def say(self, text: str, name: str = "muted") -> None:
        """What has become of the last action; ``name`` "error" where it was refused."""
        self._status.setText(text)
        if self._status.objectName() != name:
            self._status.setObjectName(name)
            self._status.style().unpolish(self._status)
            self._status.style().polish(self._status)

    def restore_default(self) -> None:
        """The wording that came with the program; Undo brings one's own back."""
        shipped = templates.shipped(self._kind, self._language)
        self.draft.change(_("Restore the default"), shipped)
        self.save()

    def remove(self) -> None:
        """Take away the own wording that is in use; undo brings it back."""
        self.draft.take(self.draft.saved)
        self.variants.remove()

    def reject(self) -> None:
        """Close, unless a wording would be lost."""
        self.save()
        lost = [draft for draft in self._drafts.values() if not draft.is_saved]
        if not lost or self._is_forced:
            super().reject()
            return
        if lost[0].kind is not self._kind:
            self.show_document(lost[0].kind)
        self.notice.say(
            "warn",
            _("{document} has a fault and is not saved. Mend it, or close without the change.")
            .format(document=_(DOCUMENT_NAMES[lost[0].kind])),
            [(_("Close without it"), self._on_leave)],
        )  # fmt: skip

    def done(self, result: int) -> None:
        """Remember the window, let go of the pages, and close."""
        self._memory.remember_place(PLACE, self, self._splitter)
        self._save_later.stop()
        self.preview.pages.release()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field presses no button."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's own button asks as well; the program itself closes without asking."""
        self._is_forced = not event.spontaneous()
        super().closeEvent(event)

    def _on_edited(self, at: int) -> None:
        blocks = self.blocks.blocks()
        words = sum(len(line.split()) for line in blocks[at].lines)
        # Each word that is typed is a step of its own.
        self.draft.change(_("Typing"), Wording(self.draft.wording.title, blocks), f"{at} {words}")

    def _on_variant_changed(self) -> None:
        """Another wording of the document is in use: begin with it anew."""
        self._drafts.pop(self._kind).deleteLater()
        self.show_document(self._kind)

    def _on_file_changed(self, tables: frozenset[str]) -> None:
        """Follow what was saved here, and what was taken back in the main window."""
        if "templates" in tables:
            for draft in self._drafts.values():
                draft.follow(self._context.read(templates.wording, draft.kind, self._language))
            self._show_rows()
            self._show_variant()
        if "organisation" in tables:
            self.preview.draw()

    def _is_whole(self) -> bool:
        """Save; whether nothing is left that has a fault."""
        self.save()
        return self.draft.is_saved

    def _on_changed(self) -> None:
        self.notice.dismiss()
        self.blocks.show_blocks(self.draft.wording.blocks)
        if not self.draft.is_saved:
            self.say(_("Saving …"))
        self._check_later.start()
        self._save_later.start()

    def _lay_out(self) -> None:
        self._title = label("", "title")
        self._variant = label("", "muted")
        self._status = label("", "muted", wrap=True)
        self.more_button = button(_("&More"))
        self.more_button.setMenu(self._more_menu())
        self.toolbar.row.addWidget(self.more_button)
        self._splitter = split = QSplitter()
        split.setChildrenCollapsible(False)
        split.setObjectName("gap")
        split.setHandleWidth(16)
        for side, share in ((self._left(), 0), (self._middle(), 3), (self._right(), 2)):
            split.addWidget(side)
            split.setStretchFactor(split.count() - 1, share)
        split.setSizes([230, 560, 410])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 18, 20, 16)
        outer.addWidget(split, 1)

    def _left(self) -> QWidget:
        head = label(_("Letter templates"), "title")
        return _column(head, self.list)

    def _middle(self) -> QWidget:
        card = Card()
        card.body.setContentsMargins(2, 2, 2, 2)
        card.body.addWidget(self.blocks)
        self.notice = NoticeBar()
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self._variant)
        made = _column(self.toolbar, card, self.notice, self._status)
        made.layout().insertLayout(0, head)  # type: ignore[union-attr]
        made.setMinimumWidth(470)
        return made

    def _right(self) -> QWidget:
        self.close_button = button(_("&Close"), self.reject)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.close_button)
        made = _column(self.preview)
        made.layout().addLayout(foot)  # type: ignore[union-attr]
        made.setMinimumWidth(300)
        return made

    def _more_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addMenu(self.variants)
        menu.addAction(_("D&uplicate as …")).triggered.connect(self.variants.ask_name)
        self._remove = menu.addAction(_("R&emove this wording"))
        self._remove.triggered.connect(self.remove)
        menu.addSeparator()
        for text, act in (
            (_("Restore the &default"), self.restore_default),
            (_("&Save as a template file …"), self.files.export),
            (_("&Bring in a template file …"), self.files.bring_in),
        ):
            menu.addAction(text).triggered.connect(act)
        return menu

    def _on_leave(self) -> None:
        self._is_forced = True
        self.reject()

    def _show_variant(self) -> None:
        in_use = self.variants.show_kind(self._kind)
        self._variant.setText(in_use.name)
        self._remove.setEnabled(in_use.id is not None)

    def _show_rows(self) -> None:
        self.list.show_rows(self._context.read(templates.rows, self._language))


def _column(*widgets: QWidget) -> QWidget:
    """Widgets below each other; a list or a card takes the room that is left."""
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(10)
    for widget in widgets:
        layout.addWidget(widget)
    return made

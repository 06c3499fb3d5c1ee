"""Several wordings of one document: which of them is printed, and a copy under a name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from revmentor_desktop.domain.printed import DOCUMENT_NAMES, DocumentKind
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.dialog import FormDialog
from revmentor_desktop.gui.fields import TextField
from revmentor_desktop.gui.widgets import label
from revmentor_desktop.i18n import _
from revmentor_desktop.services import templates
from revmentor_desktop.services.templates import Variant


class VariantMenu(QMenu):
    """The wordings of a document; the ticked one is printed. ``is_whole`` saves what is edited, or
    says that it cannot be.

    Signals:
        changed: another wording is in use.
    """

    changed = Signal()

    def __init__(
        self, context: Context, language: str, is_whole: Callable[[], bool], parent: QWidget
    ) -> None:
        super().__init__(_("&Wordings"), parent)
        self._context, self._language, self._is_whole = context, language, is_whole
        self._kind: DocumentKind | None = None

    def show_kind(self, kind: DocumentKind) -> Variant:
        """Offer the wordings of a document; returns the one in use."""
        self._kind = kind
        self.clear()
        group = QActionGroup(self)
        found = self._context.read(templates.variants, kind, self._language)
        for variant in found:
            action = self.addAction(variant.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(variant.in_use)
            group.addAction(action)
            action.triggered.connect(partial(self.use, variant.id))
        return next(variant for variant in found if variant.in_use)

    def use(self, variant_id: int | None, _checked: bool = True) -> None:
        """Print this wording from now on."""
        if self._is_whole():
            self._do(_("Wording chosen: {document}"), templates.use, variant_id)
        elif self._kind is not None:
            self.show_kind(self._kind)

    def remove(self) -> None:
        """Take away the own wording that is in use."""
        self._do(_("Wording removed: {document}"), templates.remove)

    def ask_name(self) -> None:
        """Make a copy under a name that is asked for."""
        if self._is_whole():
            CopyForm(self.duplicate, self.parentWidget()).open()

    def duplicate(self, name: str) -> None:
        """Make a copy of the wording in use and go on with it; UserError refuses the name."""
        assert self._kind is not None
        text = _("Wording copied: {document}").format(document=_(DOCUMENT_NAMES[self._kind]))
        self._context.do(text, templates.duplicate, self._kind, self._language, name)
        self.changed.emit()

    def _do(self, text: str, action: Callable[..., None], *args: object) -> None:
        assert self._kind is not None
        document = _(DOCUMENT_NAMES[self._kind])
        self._context.attempt(
            text.format(document=document), action, self._kind, self._language, *args
        )
        self.changed.emit()


class CopyForm(FormDialog):
    """Asks for the name of a copy."""

    def __init__(self, duplicate: Callable[[str], None], parent: QWidget | None) -> None:
        super().__init__(_("Duplicate as"), _("Duplicate"), parent)
        self.resize(520, 240)
        self._duplicate = duplicate
        words = _("The copy is what is printed from now on. The wording before it is kept.")
        self.top.addWidget(label(words, "muted", wrap=True))
        self.name = TextField()
        self.name.setPlaceholderText(_("e.g. Spring, shorter"))
        self.add_row(_("&Name"), self.name)
        self.name.setFocus()

    def save(self) -> None:
        """Make the copy."""
        self._duplicate(self.name.value())

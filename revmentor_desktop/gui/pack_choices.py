"""What is printed and for whom: documents, recipients, which letters, date, and into what."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from revmentor_desktop.domain.printed import SCOPES, DocumentKind, Scope
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.document_tree import DocumentTree
from revmentor_desktop.gui.fields import DateField
from revmentor_desktop.gui.recipient_choice import RecipientChoice
from revmentor_desktop.gui.tick_list import Tickable
from revmentor_desktop.gui.widgets import Card, button, label
from revmentor_desktop.i18n import N_, _, ngettext
from revmentor_desktop.services import packs
from revmentor_desktop.services.packs import Pack

ONE_FILE, A_FOLDER = "one", "folder"
SCOPE_TITLES = {
    Scope.PAIR: N_("Pairs"),
    Scope.PERSON: N_("People"),
    Scope.GATHERING: N_("Gatherings"),
}


class PackChoices(QWidget):
    """The left side of the pack window.

    Signals:
        changed: another pack is chosen.
    """

    changed = Signal()

    def __init__(self, context: Context, programme_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._programme_id = context, programme_id
        side = QVBoxLayout(self)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(14)
        side.addWidget(self._documents(), 1)
        side.addWidget(self._recipients())
        side.addWidget(self._output())
        self.refill()
        self.tree.changed.connect(self._on_changed)
        self.only.activated.connect(self._on_changed)
        self.day.editingFinished.connect(self._on_changed)
        self.two_sided.toggled.connect(self._on_changed)
        for choice in self.recipients.values():
            choice.changed.connect(self._on_changed)

    def pack(self) -> Pack:
        """What is chosen. Raises UserError where the date is none."""
        ids = {scope: choice.ids for scope, choice in self.recipients.items()}
        return Pack(
            self._programme_id,
            self.tree.kinds(),
            self.day.value() or self._context.today(),
            pairs=ids[Scope.PAIR],
            people=ids[Scope.PERSON],
            gatherings=ids[Scope.GATHERING],
            only=self.only.currentData(),
        )

    def choose(
        self,
        kinds: Iterable[DocumentKind] | None = None,
        pairs: Collection[int] | None = None,
        only: str = "all",
    ) -> None:
        """Choose documents, pairs and which letters of them."""
        self.recipients[Scope.PAIR].choose(pairs)
        self.only.setCurrentIndex(max(0, self.only.findData(only)))
        self.tree.set_kinds(self.tree.kinds() if kinds is None else kinds)

    def refill(self) -> None:
        """Read anew who can be chosen, and how many letters are missing or have changed."""
        for scope, choice in self.recipients.items():
            found = self._context.read(packs.choices, self._programme_id, scope)
            choice.set_lines([Tickable(one.id, one.name, one.note) for one in found])

    def show_counts(self, changed: int, missing: int) -> None:
        """How many letters "which" would print."""
        for name, text in (
            ("missing", ngettext("Only those never printed ({n})",
                                 "Only those never printed ({n})", missing)),
            ("changed", ngettext("Only what changed since printing ({n})",
                                 "Only what changed since printing ({n})", changed)),
        ):  # fmt: skip
            self.only.setItemText(self.only.findData(name), text)

    def _documents(self) -> Card:
        card = Card()
        head = QHBoxLayout()
        head.addWidget(label(_("Documents"), "cardTitle"), 1)
        self.tree = DocumentTree()
        for name, picture, step in (
            (_("Print the document earlier"), "arrow-up", -1),
            (_("Print the document later"), "arrow-down", 1),
        ):
            made = button("", partial(self.tree.move, step), picture, "flat")
            made.setText("")
            made.setAccessibleName(name)
            made.setToolTip(name)
            head.addWidget(made)
        card.body.addLayout(head)
        card.body.addWidget(self.tree, 1)
        return card

    def _recipients(self) -> Card:
        card = Card(_("For whom"))
        self._form = _form(card)
        self.recipients: dict[Scope, RecipientChoice] = {}
        for scope, title in SCOPE_TITLES.items():
            self.recipients[scope] = choice = RecipientChoice(scope, _(title))
            _add(self._form, _(title), choice)
        self.only = QComboBox()
        self.only.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.only.setMinimumContentsLength(12)
        self.only.addItem(_("All of them"), "all")
        self.only.addItem("", "missing")
        self.only.addItem("", "changed")
        _add(self._form, _("Which"), self.only)
        self.show_counts(0, 0)
        return card

    def _output(self) -> Card:
        card = Card()
        form = _form(card)
        self.day = DateField(self._context.today())
        self.day.set_value(self._context.today())
        _add(form, _("Date"), self.day)
        self.into = QComboBox()
        self.into.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.into.setMinimumContentsLength(12)
        self.into.addItem(_("One PDF for all"), ONE_FILE)
        self.into.addItem(_("One PDF each, in a folder"), A_FOLDER)
        _add(form, _("As"), self.into)
        self.two_sided = QCheckBox(_("Two-sided: each starts on a new sheet"))
        card.body.addWidget(self.two_sided)
        return card

    def _on_changed(self) -> None:
        scopes = {SCOPES[kind] for kind in self.tree.kinds()}
        # Whoever is in the chosen pairs is also whom the documents for people go to.
        for scope, choice in self.recipients.items():
            self._form.setRowVisible(choice, scope in scopes)
        self.changed.emit()


def _form(card: Card) -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(12)
    form.setVerticalSpacing(6)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    card.body.addLayout(form)
    return form


def _add(form: QFormLayout, text: str, field: QWidget) -> None:
    name = label(text, "muted")
    name.setBuddy(field)
    field.setAccessibleName(text)
    form.addRow(name, field)

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
from revmentor_desktop.gui.memory import Memory
from revmentor_desktop.gui.recipient_choice import RecipientChoice
from revmentor_desktop.gui.tick_list import Tickable
from revmentor_desktop.gui.widgets import Card, button, label
from revmentor_desktop.i18n import N_, _, ngettext
from revmentor_desktop.services import pack_choices
from revmentor_desktop.services.packs import Only, Pack, Subject
from revmentor_desktop.services.programmes import ProgrammeRow

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

    def __init__(
        self, context: Context, programme: ProgrammeRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._programme = context, programme
        side = QVBoxLayout(self)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(14)
        side.addWidget(self._documents(), 1)
        side.addWidget(self._details())
        self.refill()
        self.tree.changed.connect(self._on_changed)
        self.only.activated.connect(self._on_changed)
        self.day.editingFinished.connect(self._on_changed)
        self.two_sided.toggled.connect(self._on_changed)
        for choice in self.recipients.values():
            choice.changed.connect(self._on_changed)

    @property
    def is_folder(self) -> bool:
        """Whether everybody gets a PDF of their own."""
        return bool(self.into.currentData() == A_FOLDER)

    def pack(self) -> Pack:
        """What is chosen. Raises UserError where the date is none."""
        return Pack(
            self._programme.id,
            self.tree.kinds(),
            self.day.value() or self._context.today(),
            pairs=self.chosen(Scope.PAIR),
            people=self.chosen(Scope.PERSON),
            gatherings=self.chosen(Scope.GATHERING),
            only=self.only.currentData(),
        )

    def chosen(self, scope: Scope) -> tuple[int, ...] | None:
        """Those chosen in the list that she sees; a list that is hidden decides nothing."""
        return self.recipients[scope].ids if scope in self._scopes() else None

    def choose(
        self,
        kinds: Iterable[DocumentKind] | None = None,
        pairs: Collection[int] = (),
        people: Collection[int] = (),
        gatherings: Collection[int] = (),
        only: Only = "all",
    ) -> None:
        """Choose documents (None: those that are chosen), for whom (none: for all), and which."""
        for scope, ids in (
            (Scope.PAIR, pairs), (Scope.PERSON, people), (Scope.GATHERING, gatherings),
        ):  # fmt: skip
            self.recipients[scope].choose(ids)
        self.only.setCurrentIndex(self.only.findData(only))
        self.tree.set_kinds(self.tree.kinds() if kinds is None else kinds)

    def choose_pack(self, pack: Pack) -> None:
        """Choose all that a pack says, but for its date."""
        self.choose(
            pack.kinds, pack.pairs or (), pack.people or (), pack.gatherings or (), pack.only
        )

    def names(self) -> dict[Subject, str]:
        """What those are called whom it can be printed for."""
        named = {Subject(Scope.PROGRAMME, self._programme.id): self._programme.name}
        for scope, choice in self.recipients.items():
            for line in choice.lines:
                note = f", {line.note}" if scope is Scope.GATHERING else ""
                named[Subject(scope, line.id)] = f"{line.text}{note}"
        return named

    def recall(self, memory: Memory) -> None:
        """What was chosen the last time, unless the programme has moved on since."""
        due = self._context.read(pack_choices.suggested, self._programme.id, self._context.today())
        if memory.choice(self._key("due")) == _as_text(due):
            due = _as_kinds(memory.choice(self._key("documents"))) or due
        self.into.setCurrentIndex(max(0, self.into.findData(memory.choice("pack/into", ONE_FILE))))
        self.two_sided.setChecked(memory.choice("pack/two_sided") == "yes")
        self.tree.set_kinds(due)

    def remember(self, memory: Memory) -> None:
        """Keep what is chosen for the next time; nothing of it is about a person."""
        due = self._context.read(pack_choices.suggested, self._programme.id, self._context.today())
        memory.remember_choice(self._key("due"), _as_text(due))
        memory.remember_choice(self._key("documents"), _as_text(self.tree.kinds()))
        memory.remember_choice("pack/into", self.into.currentData())
        memory.remember_choice("pack/two_sided", "yes" if self.two_sided.isChecked() else "no")

    def _key(self, name: str) -> str:
        return f"pack/{self._context.workspace.file_uuid}/{self._programme.id}/{name}"

    def refill(self) -> None:
        """Read anew who can be chosen, and how many letters are missing or have changed."""
        for scope, choice in self.recipients.items():
            found = self._context.read(pack_choices.choices, self._programme.id, scope)
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
        card.body.setContentsMargins(10, 8, 10, 10)
        head = QHBoxLayout()
        head.setContentsMargins(6, 0, 0, 0)
        head.addWidget(label(_("Documents"), "cardTitle"), 1)
        self.tree = DocumentTree()
        for name, picture, step in (
            (_("Print the document earlier"), "arrow-up", -1),
            (_("Print the document later"), "arrow-down", 1),
        ):
            made = button("", partial(self.tree.move_document, step), picture, "flat")
            made.setText("")
            made.setAccessibleName(name)
            made.setToolTip(name)
            head.addWidget(made)
        card.body.addLayout(head)
        card.body.addWidget(self.tree, 1)
        return card

    def _details(self) -> Card:
        card = Card()
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(6)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        card.body.addLayout(self._form)
        self.recipients: dict[Scope, RecipientChoice] = {}
        for scope, title in SCOPE_TITLES.items():
            self.recipients[scope] = choice = RecipientChoice(scope, _(title))
            self._add(_(title), choice)
        self.only = _box(("all", _("All of them")), ("missing", ""), ("changed", ""))
        self._add(_("Which"), self.only)
        self.day = DateField(self._context.today())
        self.day.set_value(self._context.today())
        self._add(_("Date"), self.day)
        self.into = _box(
            (ONE_FILE, _("One PDF for all")), (A_FOLDER, _("One PDF each, in a folder"))
        )
        self._add(_("As"), self.into)
        self.two_sided = QCheckBox(_("Two-sided: each starts on a new sheet"))
        card.body.addWidget(self.two_sided)
        self.show_counts(0, 0)
        return card

    def _add(self, text: str, field: QWidget) -> None:
        name = label(text, "muted")
        name.setMinimumHeight(34)
        name.setBuddy(field)
        field.setAccessibleName(text)
        self._form.addRow(name, field)

    def _on_changed(self) -> None:
        scopes = self._scopes()
        # Whoever is in the chosen pairs is also whom the documents for people go to.
        for scope, choice in self.recipients.items():
            self._form.setRowVisible(choice, scope in scopes)
        self.changed.emit()

    def _scopes(self) -> set[Scope]:
        return {SCOPES[kind] for kind in self.tree.kinds()}


def _as_text(kinds: Iterable[DocumentKind]) -> str:
    return ",".join(kind.value for kind in kinds)


def _as_kinds(text: str) -> tuple[DocumentKind, ...]:
    """The documents of a remembered list; those that an older program knew are passed over."""
    known = {kind.value: kind for kind in DocumentKind}
    return tuple(known[name] for name in text.split(",") if name in known)


def _box(*choices: tuple[str, str]) -> QComboBox:
    made = QComboBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(12)
    for value, text in choices:
        made.addItem(text, value)
    return made

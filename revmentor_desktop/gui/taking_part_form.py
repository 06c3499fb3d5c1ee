"""How one person takes part in the programme: role, places, dates, wishes, whom they had met."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QWidget

from revmentor_desktop.domain.programmes import Role
from revmentor_desktop.domain.topics import InterestKind
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.dialog import FormDialog
from revmentor_desktop.gui.fields import ChoiceField, DateField, NumberField
from revmentor_desktop.gui.people_field import PeopleField
from revmentor_desktop.gui.widgets import label
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services import decisions, enrolments, participation, staff, topics
from revmentor_desktop.services.participation import Someone, TakingPart
from revmentor_desktop.services.programmes import ProgrammeRow

LONGEST = 240
"""The widest name of a topic before it wraps, pixels."""


class TakingPartForm(FormDialog):
    """The part of ``staff_id`` in the programme; who has none yet is enrolled."""

    def __init__(
        self,
        context: Context,
        programme: ProgrammeRow,
        staff_id: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Taking part"), _("Save"), parent)
        self.resize(600, 700)
        self._context, self._programme, self._id = context, programme, staff_id
        self._name = str(context.read(staff.record, staff_id).values["full_name"])
        in_which = _("{name}, in “{programme}”").format(name=self._name, programme=programme.name)
        self.top.addWidget(label(in_which, "muted", wrap=True))
        self._partners = context.read(participation.partners, programme.id, staff_id)
        part = context.read(participation.find, programme.id, staff_id)
        self._add_part()
        self._add_others()
        self._add_interests()
        self._show(part)
        self.role.currentIndexChanged.connect(self._on_role_chosen)
        self.role.setFocus()

    def save(self) -> None:
        """Store the part."""
        wishes = (field.value() for field in self.wishes)
        part = TakingPart(
            self.role.value(), self.places.value(), self.not_before.value(),
            self.manager_told_on.value(), tuple(id_ for id_ in wishes if id_ is not None),
            self.met.value(),
        )  # fmt: skip
        strengths = {id_: field.value() for id_, field in self.strengths.items()}
        self._context.do(
            _("How {name} takes part changed").format(name=self._name), participation.save,
            self._programme.id, self._id, part, strengths,
        )  # fmt: skip

    def _add_part(self) -> None:
        both = _("{mentor} and {mentee}").format(
            mentor=self._programme.mentor, mentee=self._programme.mentee
        )
        roles = (
            (Role.MENTOR, self._programme.mentor), (Role.MENTEE, self._programme.mentee),
            (Role.BOTH, both),
        )  # fmt: skip
        today = self._context.today()
        self.role = ChoiceField(roles, strict=True, blank=None)
        self.places = NumberField(1, decisions.MOST_PARTNERS)
        self.not_before, self.manager_told_on = DateField(today), DateField(today)
        self.add_row(_("&Role"), self.role)
        self.add_row(_("&Partners at a time"), self.places)
        self.add_row(_("Not available &until"), self.not_before)
        self.add_row(_("&Manager told on"), self.manager_told_on)

    def _add_others(self) -> None:
        """Whom they wish for and whom they have met."""
        self.form.addRow(label(_("With whom"), "cardTitle"))
        self.wishes = [ChoiceField((), strict=True) for _at in range(participation.MOST_WISHES)]
        names = (_("&First wish"), _("S&econd wish"), _("&Third wish"))
        for name, field in zip(names, self.wishes, strict=True):
            self.add_row(name, field)
        found = self._context.read(participation.acquaintances, self._id)
        self.met = PeopleField(_("Have met already"), [(one.id, one.name) for one in found])
        self.add_row(_("&Have met already"), self.met)
        # Beside the chooser, however many names stand under it.
        self._name_of(self.met).setMaximumHeight(34)

    def _add_interests(self) -> None:
        """A row for each topic they offer or want."""
        self.strengths: dict[int, ChoiceField] = {}
        headings = {
            InterestKind.OFFERS: (_("How well they know what they offer"), _levels()),
            InterestKind.WANTS: (_("How much they want to learn"), _priorities()),
        }
        found = self._context.read(topics.interests, self._id)
        for kind, (heading, choices) in headings.items():
            some = [one for one in found if one.kind is kind]
            if some:
                self.form.addRow(label(heading, "cardTitle"))
            for one in some:
                field = ChoiceField(choices, strict=True, blank=None)
                field.set_value(one.strength)
                self.strengths[one.id] = field
                self.add_row(one.topic.replace("&", "&&"), field)
                field.setAccessibleName(one.topic)
                name = self._name_of(field)
                name.ensurePolished()
                name.setFixedWidth(min(name.sizeHint().width(), LONGEST))
                name.setWordWrap(True)

    def _name_of(self, field: QWidget) -> QLabel:
        found = self.form.labelForField(field)
        assert isinstance(found, QLabel)
        return found

    def _show(self, part: TakingPart) -> None:
        if part.role is None:
            self.role.setCurrentIndex(-1)
            self.role.clearEditText()
        else:
            self.role.set_value(part.role)
        self.places.set_value(part.places)
        self.not_before.set_value(part.not_before)
        self.manager_told_on.set_value(part.manager_told_on)
        self.met.set_value(part.met)
        self._offer(part.role, part.wishes)

    def _on_role_chosen(self) -> None:
        self._offer(self.role.currentData(), [field.currentData() for field in self.wishes])

    def _offer(self, role: Role | None, wishes: Sequence[int | None]) -> None:
        """Let only those be wished for who can be partners in this role."""
        possible = [one for one in self._partners if _can_be(one, role)]
        for at, field in enumerate(self.wishes):
            field.set_choices([(one.id, one.name) for one in possible])
            wish = wishes[at] if at < len(wishes) else None
            field.setCurrentIndex(max(0, field.findData(wish)))


class PlacesForm(FormDialog):
    """How many partners several people can have at a time."""

    def __init__(
        self,
        context: Context,
        programme: ProgrammeRow,
        staff_ids: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("How many partners"), _("Save"), parent)
        self._context, self._programme = context, programme
        self._ids = context.read(enrolments.with_part, programme.id, staff_ids)
        some = ngettext(
            "{n} person takes part in “{programme}” and can have at a time:",
            "{n} people take part in “{programme}” and each can have at a time:",
            len(self._ids),
        ).format(programme=programme.name)
        none = _("None of these people has a part in the programme yet. Enrol them first.")
        self.top.addWidget(label(some if self._ids else none, "muted", wrap=True))
        self.places = NumberField(1, decisions.MOST_PARTNERS)
        self.add_row(_("&Partners"), self.places)
        self.save_button.setEnabled(bool(self._ids))
        self.places.setFocus()

    def save(self) -> None:
        """Store the places."""
        text = ngettext("Partners of {n} person changed", "Partners of {n} people changed",
                        len(self._ids))  # fmt: skip
        self._context.do(
            text, enrolments.set_capacity, self._programme.id, self._ids, self.places.value()
        )


def _can_be(one: Someone, role: Role | None) -> bool:
    return role is not None and one.role is not None and one.role.faces(role)


def _levels() -> list[tuple[int, str]]:
    return [(1, _("1  the basics")), (2, "2"), (3, "3"), (4, _("4  can teach it"))]


def _priorities() -> list[tuple[int, str]]:
    return [(1, _("1  if there is time")), (2, "2"), (3, "3"), (4, _("4  above all"))]

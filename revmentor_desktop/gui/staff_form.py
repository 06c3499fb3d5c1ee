"""The whole record of a person."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from revmentor_desktop.domain.staff import FORMAT_NAMES
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.dialog import FormDialog
from revmentor_desktop.gui.fields import (
    ChoiceField,
    DateField,
    Field,
    TextField,
    TickField,
    TokenField,
)
from revmentor_desktop.gui.widgets import label
from revmentor_desktop.i18n import _
from revmentor_desktop.services import organisation, staff, staff_choices, topics


class StaffForm(FormDialog):
    """A new person, or the one of ``staff_id``."""

    def __init__(
        self, context: Context, staff_id: int | None, parent: QWidget | None = None
    ) -> None:
        new = staff_id is None
        super().__init__(
            _("New person") if new else _("Record"), _("Add") if new else _("Save"), parent
        )
        self.resize(620, 720)
        self._context, self._id = context, staff_id
        self.fields = self._make_fields()
        for heading, rows in self._groups():
            if heading:
                self.form.addRow(label(heading, "cardTitle"))
            for key, text in rows:
                self.add_row(text, self.fields[key])
        if staff_id is not None:
            for key, value in context.read(staff.record, staff_id).values.items():
                if key in self.fields:
                    self.fields[key].set_value(value)
        self.fields["full_name"].setFocus()

    def _make_fields(self) -> dict[str, Field]:
        read, today = self._context.read, self._context.today()
        formats = [(kind.value, kind.value) for kind in FORMAT_NAMES]
        known = read(topics.choices)
        return {
            "full_name": TextField(),
            "preferred_name": TextField(),
            "email": TextField(),
            "staff_number": TextField(),
            "job_title": ChoiceField(read(staff_choices.job_titles), strict=False),
            "department": ChoiceField(read(staff_choices.departments), strict=False),
            "team": ChoiceField(read(staff_choices.teams), strict=False),
            "level": ChoiceField(read(organisation.level_choices), strict=True),
            "site": ChoiceField(read(staff_choices.sites), strict=False),
            "manager": ChoiceField(read(staff_choices.names), strict=True),
            "start_date": DateField(today),
            "birth_year": TextField(),
            "languages": TokenField(read(staff_choices.languages)),
            "formats": TokenField(formats),
            "availability": TextField(),
            "offers": TokenField(known),
            "wants": TokenField(known),
            "told_on": DateField(today),
            "restricted": TickField(_("Leave out of matching and figures")),
            "left_on": DateField(today),
        }

    def _groups(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        return (
            ("", (
                ("full_name", _("&Name")),
                ("preferred_name", _("&Preferred name")),
                ("email", _("&E-mail")),
                ("staff_number", _("Staff n&umber")),
            )),
            (_("Work"), (
                ("job_title", _("&Job title")),
                ("department", _("&Department")),
                ("team", _("&Team")),
                ("level", _("&Level")),
                ("site", _("&Site")),
                ("manager", _("&Manager")),
                ("start_date", _("Sta&rted")),
            )),
            (_("What they bring and would like"), (
                ("offers", _("Topics &offered")),
                ("wants", _("Topics &wanted")),
                ("languages", _("Lan&guages")),
                ("formats", _("Ways to meet")),
                ("availability", _("&Availability")),
            )),
            (_("Taking part"), (
                ("told_on", _("Told of the programme on")),
                ("birth_year", _("&Birth year (only if declared)")),
                ("restricted", _("&Objection")),
                ("left_on", _("Le&ft on")),
            )),
        )  # fmt: skip

    def save(self) -> None:
        """Store the record."""
        values = {key: field.value() for key, field in self.fields.items()}
        name = str(values["full_name"])
        text = _("{name} added") if self._id is None else _("{name} changed")
        self._context.do(text.format(name=name), staff.save, self._id, values)

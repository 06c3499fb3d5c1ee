"""The organisation: name and contacts, its levels in order, and how its letters look."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.dialog import FormDialog
from revmentor_desktop.gui.fields import ChoiceField, Field, LongField, TextField
from revmentor_desktop.gui.letterhead_fields import AccentField, LogoField
from revmentor_desktop.gui.levels_field import LevelsField
from revmentor_desktop.gui.widgets import label
from revmentor_desktop.i18n import _
from revmentor_desktop.services import organisation


class OrganisationForm(FormDialog):
    """Everything about the organisation on one page."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Organisation"), _("Save"), parent)
        self.resize(680, 720)
        self._context = context
        self.fields: dict[str, Field | AccentField] = {
            "name": TextField(),
            "coordinator": TextField(),
            "support_contact": TextField(),
            "sponsor": TextField(),
            "address": LongField(),
            "footer": TextField(),
            "accent": AccentField(),
            "paper": ChoiceField([("A4", "A4"), ("Letter", "Letter")], strict=True, blank=None),
        }
        values = context.read(organisation.settings)
        self._add_rows(
            ("name", _("&Name")),
            ("coordinator", _("Your name, as c&oordinator")),
            ("support_contact", _("&Whom to call")),
            ("sponsor", _("S&ponsor")),
        )
        self.form.addRow(label(_("Levels, the highest first"), "cardTitle"))
        self.levels = LevelsField(context.read(organisation.levels))
        self.form.addRow(self.levels)
        self.form.addRow(label(_("Letterhead"), "cardTitle"))
        self._add_rows(
            ("address", _("&Address")),
            ("footer", _("&Footer")),
            ("accent", _("A&ccent colour")),
            ("paper", _("Pap&er")),
        )
        self.logo = LogoField(values["logo"])
        self.add_row(_("&Logo"), self.logo)
        for key, field in self.fields.items():
            field.set_value(values[key])
        self.fields["name"].setFocus()

    def save(self) -> None:
        """Store settings and levels as one step."""
        values = {key: field.value() for key, field in self.fields.items()}
        values["logo"] = self.logo.value()
        text = _("Organisation changed")
        self._context.do(text, organisation.save_all, values, self.levels.value())

    def _add_rows(self, *rows: tuple[str, str]) -> None:
        for key, text in rows:
            self.add_row(text, self.fields[key])

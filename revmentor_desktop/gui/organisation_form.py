"""The organisation: its name and contacts, and its levels in order."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.dialog import FormDialog
from revmentor_desktop.gui.fields import Field, TextField
from revmentor_desktop.gui.levels_field import LevelsField
from revmentor_desktop.gui.widgets import label
from revmentor_desktop.i18n import _
from revmentor_desktop.services import organisation


class OrganisationForm(FormDialog):
    """Everything about the organisation on one page."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Organisation"), _("Save"), parent)
        self.resize(680, 600)
        self._context = context
        self.fields: dict[str, Field] = {
            "name": TextField(),
            "coordinator": TextField(),
            "support_contact": TextField(),
            "sponsor": TextField(),
        }
        values = context.read(organisation.settings)
        self._add_rows(
            ("name", _("&Name")),
            ("coordinator", _("Your name, as c&oordinator")),
            ("support_contact", _("&Whom to call")),
            ("sponsor", _("S&ponsor")),
        )
        hint = _("How letters look is set in the File menu, under Letterhead and envelopes.")
        self.form.addRow(label(hint, "muted", wrap=True))
        self.form.addRow(label(_("Levels, the highest first"), "cardTitle"))
        self.levels = LevelsField(context.read(organisation.levels))
        self.form.addRow(self.levels)
        for key, field in self.fields.items():
            field.set_value(values[key])
        self.fields["name"].setFocus()

    def save(self) -> None:
        """Store settings and levels as one step."""
        values = {key: field.value() for key, field in self.fields.items()}
        text = _("Organisation changed")
        self._context.do(text, organisation.save_all, values, self.levels.value())

    def _add_rows(self, *rows: tuple[str, str]) -> None:
        for key, text in rows:
            self.add_row(text, self.fields[key])

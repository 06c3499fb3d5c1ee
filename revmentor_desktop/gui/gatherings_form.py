"""Gatherings of the programme: when and where, and who came."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.programmes import GATHERING_NAMES, GatheringKind
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.dialog import FormDialog
from revmentor_desktop.gui.fields import ChoiceField, DateField, TextField
from revmentor_desktop.gui.tick_list import Tickable, TickList
from revmentor_desktop.gui.widgets import button, label
from revmentor_desktop.i18n import _, format_date_short
from revmentor_desktop.services import gatherings
from revmentor_desktop.services.gatherings import GatheringRow


class GatheringsForm(FormDialog):
    """One gathering at a time, new or chosen; being at a briefing counts towards a certificate."""

    def __init__(self, context: Context, programme_id: int, parent: QWidget | None = None) -> None:
        super().__init__(_("Gatherings"), _("Save"), parent)
        self.resize(620, 680)
        self._context, self._programme_id = context, programme_id
        self._rows = {row.id: row for row in context.read(gatherings.rows, programme_id)}
        self._shown: int | None = None
        said = _("Tick who came. Being at a briefing counts towards a certificate.")
        self.top.addWidget(label(said, "muted", wrap=True))
        choices = [(row.id, _title(row)) for row in self._rows.values()]
        self.which = ChoiceField(choices, strict=True, blank=_("A new gathering"))
        kinds = [(kind, _(name)) for kind, name in GATHERING_NAMES.items()]
        self.kind = ChoiceField(kinds, strict=True, blank=None)
        self.day = DateField(context.today())
        self.place = TextField()
        self.came = TickList(_("Who came"))
        for text, field in (
            (_("&Gathering"), self.which), (_("&Kind"), self.kind), (_("&Day"), self.day),
            (_("&Place"), self.place), (_("&Who came"), self.came),
        ):  # fmt: skip
            self.add_row(text, field)
        self.delete_button = button(_("Delete"), self._delete, "trash-2", "flat")
        self.buttons.insertWidget(0, self.delete_button)
        self.which.activated.connect(self._on_chosen)
        self.kind.activated.connect(self._on_kind_chosen)
        self._show(None)

    def show_gathering(self, gathering_id: int) -> None:
        """Choose a gathering that is there."""
        self.which.set_value(gathering_id)
        self._show(gathering_id)

    def _on_chosen(self, at: int) -> None:
        self._show(self.which.itemData(at))

    def _show(self, gathering_id: int | None) -> None:
        self._shown = gathering_id
        row = self._rows.get(gathering_id) if gathering_id is not None else None
        self.kind.set_value(row.kind if row else GatheringKind.BRIEFING)
        self.day.set_value(row.held_on if row else None)
        self.place.set_value(row.place if row else "")
        self.delete_button.setVisible(row is not None)
        lines = self._people()
        self._fill(lines, [id_ for id_, _name, came in lines if came])
        self.show_error("")

    def _on_kind_chosen(self, _at: int) -> None:
        self._fill(self._people(), self.came.ticked())

    def _people(self) -> list[tuple[int, str, bool]]:
        return self._context.read(
            gatherings.attendance, self._programme_id, self._shown, self.kind.value()
        )

    def _fill(self, lines: list[tuple[int, str, bool]], ticked: list[int]) -> None:
        self.came.fill([Tickable(id_, name) for id_, name, _came in lines], ticked)

    def save(self) -> None:
        """Store the gathering and who came as one step."""
        day = self.day.value()
        if day is None:
            raise UserError(_("Give the day of the gathering."))
        text = _("Gathering added") if self._shown is None else _("Gathering changed")
        self._context.do(
            text, gatherings.save, self._programme_id, self._shown, self.kind.value(), day,
            self.place.value(), self.came.ticked(),
        )  # fmt: skip

    def _delete(self) -> None:
        """Remove the gathering; it can be undone, so it is not asked for twice."""
        if self._shown is None:
            return
        try:
            self._context.do(_("Gathering deleted"), gatherings.delete, self._shown)
        except UserError as refusal:
            self.show_error(str(refusal))
            return
        self.reject()


def _title(row: GatheringRow) -> str:
    parts = (_(GATHERING_NAMES[row.kind]), format_date_short(row.held_on), row.place)
    return ", ".join(part for part in parts if part)

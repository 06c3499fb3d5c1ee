"""The form of a programme: name, dates, cadence, role words and aims."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from revmentor_desktop.domain.programmes import default_end, default_start
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.dialog import FormDialog
from revmentor_desktop.gui.fields import DateField, Field, LongField, NumberField, TextField
from revmentor_desktop.i18n import _
from revmentor_desktop.services import programmes


class ProgrammeForm(FormDialog):
    """A new programme, or the one of ``programme_id``.

    Signals:
        saved: the id of the stored programme.
    """

    saved = Signal(int)

    def __init__(
        self, context: Context, programme_id: int | None, parent: QWidget | None = None
    ) -> None:
        new = programme_id is None
        super().__init__(
            _("New programme") if new else _("Programme"),
            _("Make the programme") if new else _("Save"),
            parent,
        )
        self.resize(600, 640)
        self._context, self._id = context, programme_id
        self.fields: dict[str, Field] = {
            "name": TextField(),
            "start_date": DateField(context.today()),
            "end_date": DateField(context.today()),
            "sessions": NumberField(1, 60),
            "minutes": NumberField(10, 480),
            "certificate_sessions": NumberField(0, 60),
            "mentor_word": TextField(),
            "mentee_word": TextField(),
            "aims": LongField(),
            "shared_aim": LongField(),
        }
        for key, text in (
            ("name", _("&Name")),
            ("start_date", _("&Starts")),
            ("end_date", _("&Ends")),
            ("sessions", _("Se&ssions")),
            ("minutes", _("Mi&nutes each")),
            ("certificate_sessions", _("Sessions for a &certificate")),
            ("mentor_word", _("Word for &mentor")),
            ("mentee_word", _("Word for men&tee")),
            ("aims", _("&Aims")),
            ("shared_aim", _("Shared a&im of each pair")),
        ):
            self.add_row(text, self.fields[key])
        self._hints()
        self._fill()
        self.fields["name"].setFocus()

    def _hints(self) -> None:
        for key, hint in (
            ("name", _("e.g. Spring programme")),
            ("mentor_word", _("Mentor")),
            ("mentee_word", _("Mentee")),
            ("aims", _("What the programme is for, in the words of your organisation")),
            ("shared_aim", _("What each pair sets out to do; it stands on the agreement")),
        ):
            field = self.fields[key]
            assert isinstance(field, TextField | LongField)
            field.setPlaceholderText(hint)

    def _fill(self) -> None:
        if self._id is not None:
            values = self._context.read(programmes.record, self._id)
        else:
            start = default_start(self._context.today())
            values = {
                "start_date": start, "end_date": default_end(start), "sessions": 6, "minutes": 60,
                "certificate_sessions": 4,
            }  # fmt: skip
        for key, value in values.items():
            self.fields[key].set_value(value)

    def save(self) -> None:
        """Store the programme."""
        values = {key: field.value() for key, field in self.fields.items()}
        text = _("Programme made") if self._id is None else _("Programme changed")
        stored = self._context.do(text, programmes.save, self._id, values)
        self.saved.emit(stored)

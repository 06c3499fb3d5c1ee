"""Letters and documents: which, for whom, looked through and previewed, then printed or saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QWidget,
)

from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.memory import Memory
from revmentor_desktop.gui.pack_check import PackCheck
from revmentor_desktop.gui.pack_choices import PackChoices
from revmentor_desktop.gui.pack_output import PackOutput
from revmentor_desktop.gui.pack_preview import PackPreview
from revmentor_desktop.i18n import _
from revmentor_desktop.services.packs import Pack
from revmentor_desktop.services.programmes import ProgrammeRow

PLACE = "pack"
SHOWN = frozenset(
    {"staff", "pairs", "enrolments", "programmes", "organisation", "templates", "interests",
     "topics", "gatherings", "attendances", "session_logs", "changes", "plan_steps",
     "issued_documents"}
)  # fmt: skip
"""The tables whose change changes what letters say."""


class PackWindow(QDialog):
    """Nothing is written or recorded before she saves or prints.

    Signals:
        person_opened, pair_opened: the record of a letter is asked for.
    """

    person_opened = Signal(int)
    pair_opened = Signal(int)

    def __init__(
        self,
        context: Context,
        programme: ProgrammeRow,
        memory: Memory,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Letters and packs"))
        self.resize(1240, 760)
        self.setMinimumSize(900, 560)
        self._context, self._programme, self._memory = context, programme, memory
        self._left_out: Pack | None = None
        self._agreed: Pack | None = None
        self._then: Callable[[], object] | None = None
        self.choices = PackChoices(context, programme.id)
        self.preview = PackPreview(context)
        self.check = PackCheck(context)
        self.output = PackOutput(context)
        self._later = QTimer(self, singleShot=True, interval=250)
        self._build()
        self._later.timeout.connect(self._look_again)
        self.choices.changed.connect(self._on_chosen)
        self.check.checked.connect(self._on_checked)
        self.check.record_opened.connect(self._on_record_opened)
        self.output.busy_changed.connect(self._on_busy_changed)
        context.changed.connect(self._on_changed)
        memory.place(PLACE, self, self._splitter, self.preview.splitter)
        self.choices.recall(memory, context.workspace.file_uuid)
        self._later.start()

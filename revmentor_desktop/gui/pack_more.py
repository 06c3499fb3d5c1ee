"""What else can be made for the people of a pack: forms to fill in on screen, address labels."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.printed import DocumentKind, Scope
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.icons import icon
from revmentor_desktop.gui.labels_form import LabelsForm
from revmentor_desktop.gui.memory import Memory
from revmentor_desktop.gui.pack_check import baselines_text, undecided_text
from revmentor_desktop.gui.pack_choices import PackChoices
from revmentor_desktop.gui.pack_output import PackOutput
from revmentor_desktop.gui.template_window import TemplateWindow
from revmentor_desktop.i18n import _
from revmentor_desktop.jobs import forms
from revmentor_desktop.services import packs, preflight
from revmentor_desktop.services.programmes import ProgrammeRow


class PackMore(QObject):
    """The menu beside the pack window's buttons."""

    def __init__(
        self,
        context: Context,
        programme: ProgrammeRow,
        memory: Memory,
        choices: PackChoices,
        output: PackOutput,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._context, self._programme, self._memory = context, programme, memory
        self._choices, self._output, self._window = choices, output, window
        self.menu = QMenu(window)
        for text, picture, act in (
            (_("&Session logs to fill in on screen …"), "file-text", self.ask_session_forms),
            (_("&Interest forms to fill in on screen …"), "file-text", self.ask_interest_forms),
            (_("&Address labels …"), "mail", self.open_labels),
            (_("Change the &wording …"), "pencil", self.open_templates),
        ):
            self.menu.addAction(icon(picture), text, act)

    def ask_session_forms(self) -> None:
        """Ask for a folder, and write a session log for each pair into it."""
        folder = self._ask_folder()
        if folder:
            self.write_session_forms(Path(folder))

    def write_session_forms(self, folder: Path) -> None:
        """One file for each of the chosen pairs, or of all, for their next session."""
        lines = self._choices.recipients[Scope.PAIR].lines
        ids = self._choices.chosen(Scope.PAIR) or tuple(line.id for line in lines)
        write = partial(self._output.save_forms, forms.make_session_forms, folder, ids)
        doubts = self._doubts(ids)
        if not doubts:
            write()
            return
        question = f"{doubts} {_('Save anyway?')}"
        self._output.notice.say("warn", question, [(_("Save anyway"), write)])

    def _doubts(self, pair_ids: Sequence[int]) -> str:
        """What she should know before forms with both names go out."""
        undecided = self._context.read(preflight.undecided_of, pair_ids)
        people = self._context.read(preflight.baselines_of_pairs, self._programme.id, pair_ids)
        texts = ((undecided, undecided_text), (people, baselines_text))
        return " ".join(text(len(found)) for found, text in texts if found)

    def ask_interest_forms(self) -> None:
        """Ask for a folder, and write an interest form for each person into it."""
        folder = self._ask_folder()
        if folder:
            self.write_interest_forms(Path(folder))

    def write_interest_forms(self, folder: Path) -> None:
        """One file for each of the chosen people, or of those who are being invited."""
        programme_id = self._programme.id
        ids = self._choices.chosen(Scope.PERSON) or tuple(
            self._context.read(packs.meant_for, programme_id, DocumentKind.INTEREST_FORM)
        )
        self._output.save_forms(forms.make_interest_forms, folder, programme_id, ids)

    def open_templates(self) -> None:
        """The wording of the documents, beginning with the first that is chosen."""
        kinds = self._choices.tree.kinds() or (DocumentKind.MENTOR_LETTER,)
        TemplateWindow(
            self._context, self._programme.id, self._memory, kinds[0], self._window
        ).open()

    def open_labels(self) -> None:
        """The form of the address labels."""
        try:
            pack = self._choices.pack()
        except UserError as refusal:
            self._output.refuse(refusal)
            return
        LabelsForm(self._context, pack, self._memory, self._output, self._window).open()

    def _ask_folder(self) -> str:
        beside = str(self._context.workspace.path.parent)
        return QFileDialog.getExistingDirectory(self._window, _("Save into a folder"), beside)

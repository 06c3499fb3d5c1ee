"""What the File menu does: open, make, bring in, print, copy, back up, restore."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import N_, _
from revmentor_desktop.jobs import places

if TYPE_CHECKING:
    from revmentor_desktop.domain.printed import DocumentKind
    from revmentor_desktop.gui.main_window import MainWindow
    from revmentor_desktop.gui.pack_window import PackWindow
    from revmentor_desktop.store.backups import Backup
    from revmentor_desktop.store.workspace import Workspace

FILE_KIND = N_("RevMentor files (*.revmentor)")


class FileCommands(QObject):
    """The commands of the File menu, on one main window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def open_path(self, path: str) -> None:
        """Open a file in this window; a refusal leaves what is open as it is."""
        from revmentor_desktop.jobs import files

        context = self._window.context
        if context is not None and context.workspace.path == Path(path).absolute():
            self._window.say(_("This file is open already"))
            return
        try:
            workspace = files.open_file(Path(path), self._window.clock)
        except UserError as refusal:
            self._on_open_refused(path, str(refusal))
            return
        self._window.adopt_workspace(workspace)

    def do_new_file(self) -> None:
        """Ask for the organisation's name, and make its file."""
        self._ask_new("")

    def start_with_import(self) -> None:
        """From the welcome page: a new file, then the staff list."""
        self._ask_new("import")

    def do_open_file(self) -> None:
        """Open another file."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self._window, _("Open"), str(places.documents_dir()), _(FILE_KIND)
        )
        if chosen:
            self.open_path(chosen)

    def do_sample(self) -> None:
        """Look around a fresh copy of the sample programme."""
        from revmentor_desktop.jobs import files

        self._window.close_file()
        try:
            workspace = files.sample_copy(self._window.clock)
        except UserError as refusal:
            self._window.tell(str(refusal))
            return
        self._window.adopt_workspace(workspace)
        self._window.show_tab("today")

    def do_import(self) -> None:
        """Bring in a staff list."""
        from revmentor_desktop.gui.import_window import ImportWindow

        window = self._window
        if window.context is not None:
            ImportWindow(window.context, window.programme, window).open()

    def do_export(self) -> None:
        """Write a list to a spreadsheet."""
        from revmentor_desktop.gui.export_dialog import ExportDialog

        if self._window.context is not None:
            ExportDialog(self._window.context, self._window.programme, self._window).open()

    def do_print_pack(self) -> None:
        """Letters and documents for the chosen pairs, looked through, printed or saved."""
        tab = self._window.current_tab()
        window = self._pack_window()
        if window is not None:
            window.choices.choose(pairs=tab.chosen_pairs() if tab else [])

    def do_print_letters(self) -> None:
        """The letters of the pairs that lack one."""
        from revmentor_desktop.domain.printed import PAIR_LETTERS
        from revmentor_desktop.services import issued

        text = _("No confirmed pair lacks a letter")
        self._print_missing(PAIR_LETTERS, issued.lacking, "pairs", text)

    def do_print_invitations(self) -> None:
        """The invitations that were never printed."""
        from revmentor_desktop.domain.printed import DocumentKind
        from revmentor_desktop.services import issued

        kinds = (DocumentKind.INVITATION, DocumentKind.INTEREST_FORM)
        text = _("Everybody who is invited has a printed invitation")
        self._print_missing(kinds, issued.uninvited, "people", text)

    def _print_missing(
        self,
        kinds: tuple[DocumentKind, ...],
        query: Callable[..., list[int]],
        whom: Literal["pairs", "people"],
        none: str,
    ) -> None:
        """Choose documents for those who lack them; ``none`` is said where nobody does."""
        context, programme = self._window.context, self._window.programme
        if context is None or programme is None:
            return
        ids = context.read(query, programme.id)
        if not ids:
            # Nobody chosen would mean everybody.
            self._window.say(none)
        elif (window := self._pack_window()) is not None:
            window.choices.choose(kinds, only="missing", **{whom: ids})

    def _pack_window(self) -> PackWindow | None:
        """The one pack window of the programme, brought to the front."""
        from revmentor_desktop.gui.pack_window import PackWindow

        window = self._window
        if window.context is None or window.programme is None:
            return None
        for pack in window.findChildren(PackWindow):
            if pack.isVisible() and pack.programme == window.programme:
                break
        else:
            pack = PackWindow(window.context, window.programme, window.memory, window)
            pack.person_opened.connect(window.programmes.open_person)
            pack.pair_opened.connect(window.programmes.open_pair)
            pack.command_requested.connect(window.run_command)
            pack.show()
        pack.raise_()
        pack.activateWindow()
        return pack

    def do_templates(self) -> None:
        """The wording of the documents."""
        from revmentor_desktop.gui.template_window import TemplateWindow

        window = self._window
        if window.context is not None:
            programme = window.programme.id if window.programme is not None else None
            TemplateWindow(window.context, programme, window.memory, parent=window).open()

    def do_letterhead(self) -> None:
        """How the letters look, and where the address shows."""
        from revmentor_desktop.gui.letterhead_form import LetterheadForm

        if self._window.context is not None:
            LetterheadForm(self._window.context, self._window).open()

    def do_save_copy(self) -> None:
        """A whole copy under another name."""
        if self._window.context is None:
            return
        path = self._window.context.workspace.path
        start = places.free_path(path.parent, _("{name} copy").format(name=path.stem))
        chosen, _kind = QFileDialog.getSaveFileName(
            self._window,
            _("Save a copy"),
            str(start),
            _(FILE_KIND),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if chosen:
            self._try_to(
                partial(self._window.context.workspace.save_copy, Path(chosen)),
                _("Copy saved as {name}").format(name=Path(chosen).name),
            )

    def do_back_up(self) -> None:
        """Make a backup now."""
        if self._window.context is not None:
            self._try_to(self._window.context.workspace.back_up, _("Backed up"))
            self._window.show_backup()

    def do_restore(self) -> None:
        """Go back to a backup, from a list of dates."""
        from revmentor_desktop.gui.backups_dialog import BackupsDialog

        context = self._window.context
        if context is not None:
            dialog = BackupsDialog(
                context.workspace.backups(), context.restore, context.today(), self._window
            )
            dialog.restored.connect(self._on_restored)
            dialog.open()

    def rescue(self, path: str) -> None:
        """From the welcome page: bring a damaged file back from a backup."""
        from revmentor_desktop.gui.backups_dialog import BackupsDialog
        from revmentor_desktop.jobs import files

        window = self._window
        found = files.rescuing_backups(Path(path), window.memory.uuid_of(path))
        dialog = BackupsDialog(
            found, partial(self._rescue_from, Path(path)), window.clock().date(), window
        )
        dialog.restored.connect(self._on_restored)
        dialog.open()

    def do_organisation(self) -> None:
        """Name, contacts and levels."""
        from revmentor_desktop.gui.organisation_form import OrganisationForm

        if self._window.context is not None:
            OrganisationForm(self._window.context, self._window).open()

    def do_quit(self) -> None:
        """Close the window."""
        self._window.close()

    def _on_open_refused(self, path: str, sentence: str) -> None:
        from revmentor_desktop.jobs import files

        window = self._window
        if window.context is not None:
            window.tell(sentence)
            return
        window.show_welcome()
        rescuing = files.rescuing_backups(Path(path), window.memory.uuid_of(path))
        window.welcome.refuse(sentence, path if rescuing else "")

    def _on_made(self, then: str, workspace: Workspace) -> None:
        self._window.adopt_workspace(workspace)
        self._window.show_tab("staff")
        if then == "import":
            self.do_import()

    def _on_restored(self, when: str) -> None:
        self._window.read_head()
        self._window.show_backup()
        self._window.confirm(_("Restored as it was: {when}").format(when=when))

    def _ask_new(self, then: str) -> None:
        from revmentor_desktop.gui.new_file_form import NewFileForm

        form = NewFileForm(self._window.clock, bool(then), self._window)
        form.made.connect(partial(self._on_made, then))
        form.open()

    def _rescue_from(self, path: Path, backup: Backup) -> None:
        from revmentor_desktop.jobs import files

        self._window.adopt_workspace(files.rescue(path, backup, self._window.clock))

    def _try_to(self, act: Callable[[], object], done: str) -> None:
        """Do something that is no write of the file, and say how it went."""
        try:
            act()
        except UserError as refusal:
            self._window.tell(str(refusal))
        else:
            self._window.confirm(done)

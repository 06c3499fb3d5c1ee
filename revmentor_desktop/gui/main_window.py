"""The main window: tabs over one open file, a programme switch, and the words of the status bar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from revmentor_desktop.gui import menus
from revmentor_desktop.gui.commands import EditCommands, ViewCommands
from revmentor_desktop.gui.file_commands import FileCommands
from revmentor_desktop.gui.memory import Memory
from revmentor_desktop.gui.programme_commands import ProgrammeCommands
from revmentor_desktop.gui.tab_row import TabRow
from revmentor_desktop.gui.toast import Toast
from revmentor_desktop.gui.widgets import label
from revmentor_desktop.i18n import N_, _, format_date_short, format_time

if TYPE_CHECKING:
    from revmentor_desktop.gui.context import Context
    from revmentor_desktop.gui.tab import Tab
    from revmentor_desktop.gui.welcome import Welcome
    from revmentor_desktop.services.programmes import ProgrammeRow
    from revmentor_desktop.store.workspace import Workspace

TABS = (
    ("today", N_("Today"), "layout-dashboard", "today_tab.TodayTab"),
    ("staff", N_("Staff"), "users", "staff_tab.StaffTab"),
    ("pairs", N_("Pairs"), "link", "pairs_tab.PairsTab"),
    ("sessions", N_("Session logs"), "calendar-check", "session_logs_tab.SessionLogsTab"),
    ("benefits", N_("Benefits"), "chart-column", "benefits_tab.BenefitsTab"),
)
TAB_NAMES = tuple(tab[0] for tab in TABS)


class MainWindow(QMainWindow):
    """The one window. Until a file is open it shows the welcome page.

    Everything that needs the database is imported after the first paint.
    """

    def __init__(self, settings: QSettings, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self.settings = settings
        self.memory = Memory(settings)
        self.clock = clock
        self.context: Context | None = None
        self.programme: ProgrammeRow | None = None
        self._tabs: dict[str, Tab] = {}
        self._wanted: str | None = None
        self.setWindowTitle("RevMentor")
        self.setMinimumSize(QSize(860, 560))
        self.resize(1280, 800)
        self.files = FileCommands(self)
        self.view = ViewCommands(self)
        self.programmes = ProgrammeCommands(self)
        self.actions_by_name = menus.build(
            self, (self.files, EditCommands(self), self.view, self.programmes)
        )
        self._build()
        self._fill_menus()
        stored = self.settings.value("geometry")
        if stored is not None:
            self.restoreGeometry(stored)
        self.enable_actions()

    def _build(self) -> None:
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self._welcome: Welcome | None = None
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.tab_row = TabRow([(title, picture) for _name, title, picture, _where in TABS])
        layout.addWidget(self.tab_row)
        self.tab_stack = QStackedWidget()
        opening = label(_("Opening …"), "muted")
        opening.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.tab_stack.addWidget(opening)
        layout.addWidget(self.tab_stack, 1)
        self.stack.addWidget(page)
        self._said = label("", "muted")
        self._backed_up = label("", "muted")
        for words in (self._said, self._backed_up):
            words.setContentsMargins(8, 0, 8, 0)
        self.statusBar().addWidget(self._said, 1)
        self.statusBar().addPermanentWidget(self._backed_up)
        self.toast = Toast(self.actions_by_name["undo"].trigger, self)
        self._page = page
        self.tab_row.tab_chosen.connect(self._on_tab_chosen)
        self.tab_row.programme_chosen.connect(self.choose_programme)

    @property
    def welcome(self) -> Welcome:
        """The page for when no file is open, made when it is first shown."""
        if self._welcome is None:
            from revmentor_desktop.gui.welcome import Welcome

            self._welcome = made = Welcome()
            self.stack.addWidget(made)
            made.sample_wanted.connect(self.files.do_sample)
            made.import_wanted.connect(self.files.start_with_import)
            made.new_wanted.connect(self.files.do_new_file)
            made.open_wanted.connect(self.files.do_open_file)
            made.file_wanted.connect(self.files.open_path)
            made.rescue_wanted.connect(self.files.rescue)
        return self._welcome

    # Opening and closing

    def expect(self, wanted: str | None) -> None:
        """Before the first paint: "sample", a path, or None for the last file."""
        self._wanted = wanted or self.memory.last_file() or None
        if self._wanted is None:
            self.show_welcome()

    def begin(self) -> None:
        """After the first paint: open what is expected."""
        wanted, self._wanted = self._wanted, None
        if wanted == "sample":
            self.files.do_sample()
        elif wanted is not None:
            self.files.open_path(wanted)

    def adopt_workspace(self, workspace: Workspace) -> None:
        """Show an open file; it is this window's to close."""
        from revmentor_desktop.gui import crash
        from revmentor_desktop.gui.context import Context

        self.close_file()
        self.context = context = Context(workspace, self.clock, self)
        context.changed.connect(self._on_changed)
        context.said.connect(self.confirm)
        context.refused.connect(self.tell)
        context.offered.connect(self.offer)
        context.crashed.connect(crash.show)
        context.undo_stack.indexChanged.connect(self.enable_actions)
        self.memory.remember_file(str(workspace.path), workspace.file_uuid)
        self._fill_menus()
        self.read_head()
        self.show_backup()
        self.stack.setCurrentWidget(self._page)
        name = str(self.settings.value("tab", "today"))
        self.show_tab(name if name in TAB_NAMES else "today")
        self.say(_("All changes saved"))

    def close_file(self) -> None:
        """Back up silently if something changed, free the file, and show the welcome page."""
        if self.context is None:
            return
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self.tab_stack.setCurrentIndex(0)
        for tab in self._tabs.values():
            self.tab_stack.removeWidget(tab)
            tab.deleteLater()
        self._tabs.clear()
        self.programme = None
        context, self.context = self.context, None
        context.close()
        context.deleteLater()
        self.show_welcome()
        self.enable_actions()

    def show_welcome(self) -> None:
        """Say that no file is open, and what can be done."""
        self.toast.hide()
        self.stack.setCurrentWidget(self.welcome)
        self.setWindowTitle("RevMentor")
        self.say("")
        self._backed_up.setText("")
        self.welcome.show_recent(self.memory.recent_files())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window and close the file."""
        self.settings.setValue("geometry", self.saveGeometry())
        self.close_file()
        self.settings.sync()
        super().closeEvent(event)

    # Tabs, pages and programmes

    def run_command(self, name: str) -> None:
        """Run a command by its name, if it can be chosen now."""
        action = self.actions_by_name[name]
        if action.isEnabled():
            action.trigger()

    def show_tab(self, name: str, wish: object = None) -> None:
        """Bring a tab to the front, made when it is first shown."""
        tab = self._tab(TAB_NAMES.index(name))
        if tab is None:
            return
        self.tab_row.show_tab(TAB_NAMES.index(name))
        self.tab_stack.setCurrentWidget(tab)
        self.settings.setValue("tab", name)
        if wish is not None:
            tab.show_only(wish)

    def current_tab(self) -> Tab | None:
        """The tab in front."""
        return self._tabs.get(TAB_NAMES[self.tab_row.bar.currentIndex()])

    def choose_programme(self, programme_id: int) -> None:
        """Show another programme in every tab."""
        if self.context is not None:
            self.memory.remember_programme(self.context.workspace.file_uuid, programme_id)
            self.read_head()

    def read_head(self) -> None:
        """The programmes of the file, the one that is shown, and the window's title."""
        from revmentor_desktop.services import organisation, programmes

        if self.context is None:
            return
        rows = self.context.read(programmes.rows)
        wanted = self.memory.programme_of(self.context.workspace.file_uuid)
        chosen = next((row for row in rows if row.id == wanted), None)
        chosen = chosen or next((row for row in rows if row.closed_on is None), None)
        chosen = chosen or (rows[0] if rows else None)
        self.tab_row.show_programmes(rows, chosen)
        if chosen != self.programme:
            self.programme = chosen
            for tab in self._tabs.values():
                tab.set_programme(chosen)
        name = self.context.read(organisation.settings)["name"]
        self.setWindowTitle(f"{name} – RevMentor")
        self.enable_actions()

    def _tab(self, at: int) -> Tab | None:
        name, _title, _icon, where = TABS[at]
        if name not in self._tabs and self.context is not None:
            module, kind = where.split(".")
            made: Tab = getattr(import_module(f"revmentor_desktop.gui.{module}"), kind)(
                self.context, self.settings
            )
            made.person_opened.connect(self.programmes.open_person)
            made.pair_opened.connect(self.programmes.open_pair)
            made.show_requested.connect(self.show_tab)
            made.command_requested.connect(self.run_command)
            made.set_programme(self.programme)
            self._tabs[name] = made
            self.tab_stack.addWidget(made)
        return self._tabs.get(name)

    def _on_tab_chosen(self, at: int) -> None:
        self.show_tab(TAB_NAMES[at])

    # What is told

    def say(self, text: str) -> None:
        """The left of the status bar."""
        self._said.setText(text)

    def confirm(self, text: str, undoable: bool = False) -> None:
        """Say what was done, with Undo where there is something to take back."""
        self.say(_("{what} · All changes saved").format(what=text))
        self.toast.say(text, undoable)

    def tell(self, sentence: str) -> None:
        """Say why something was not done, wherever she is."""
        if self.context is None:
            self.show_welcome()
            self.welcome.refuse(sentence)
        else:
            self.say(sentence)
            self.toast.say(sentence, False)

    def offer(self, text: str, undoable: bool, word: str, act: Callable[[], object]) -> None:
        """Say something with what could be done next."""
        self.say(text)
        self.toast.say(text, undoable, (word, act))

    def show_backup(self) -> None:
        """The right of the status bar: when the last backup was made."""
        backups = self.context.workspace.backups() if self.context is not None else []
        text = _("No backup yet")
        if backups:
            at = backups[0].local
            today = at.date() == self.clock().date()
            day = _("today") if today else format_date_short(at.date())
            text = _("Backed up {day} {time}").format(day=day, time=format_time(at))
        self._backed_up.setText(text)

    def enable_actions(self) -> None:
        """Only what can be done now can be chosen."""
        stack = self.context.undo_stack if self.context is not None else None
        menus.enable(self.actions_by_name, stack, self.programme)

    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables & {"programmes", "organisation"}:
            self.read_head()

    def _fill_menus(self) -> None:
        recent, themes = (self.actions_by_name[name].menu() for name in ("recent", "theme"))
        if isinstance(recent, QMenu):
            menus.fill_recent(recent, self.memory.recent_files(), self.files.open_path)
        if isinstance(themes, QMenu) and not themes.actions():
            self.view.fill_theme_menu(themes)

"""The menus: every command once, with its key, its icon and the slot that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QMainWindow, QMenu

from revmentor_desktop.gui.icons import icon
from revmentor_desktop.i18n import N_, _

if TYPE_CHECKING:
    from revmentor_desktop.services.programmes import ProgrammeRow


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the window. ``needs``: "" always, "file", or "programme".

    ``shown_only``: the keys stand in the menu, but fields and tables answer to them themselves.
    """

    name: str
    text: str
    keys: str = ""
    icon: str = ""
    needs: str = "file"
    shown_only: bool = False


MENUS: tuple[tuple[str, tuple[Command | None, ...]], ...] = (
    (
        N_("&File"),
        (
            Command("new_file", N_("&New …"), "Ctrl+Shift+N", "file-plus", ""),
            Command("open_file", N_("&Open …"), "Ctrl+O", "folder-open", ""),
            Command("recent", N_("Open &recent"), "", "", ""),
            Command("sample", N_("Open the sa&mple programme"), "", "", ""),
            None,
            Command("import", N_("Bring in a &staff list …"), "Ctrl+I", "upload"),
            Command("export", N_("&Export a list …"), "Ctrl+E", "download"),
            Command(
                "print_pack", N_("&Print letters and packs …"), "Ctrl+P", "printer", "programme"
            ),
            Command("templates", N_("&Letter templates …"), "Ctrl+T", "file-text"),
            Command("letterhead", N_("Letter&head and envelopes …"), "", "mail"),
            None,
            Command("save_copy", N_("Save a &copy …"), "Ctrl+Shift+S", "save"),
            Command("back_up", N_("&Back up now"), "", "database-backup"),
            Command("restore", N_("Res&tore …"), "", "history"),
            None,
            Command("organisation", N_("Or&ganisation …"), "Ctrl+,", "building-2"),
            Command("quit", N_("&Quit"), "Ctrl+Q", "log-out", ""),
        ),
    ),
    (
        N_("&Edit"),
        (
            Command("undo", N_("&Undo"), "Ctrl+Z", "undo-2"),
            Command("redo", N_("&Redo"), "Ctrl+Shift+Z", "redo-2"),
            None,
            Command("cut", N_("Cu&t"), "Ctrl+X", shown_only=True),
            Command("copy", N_("&Copy"), "Ctrl+C", "copy", shown_only=True),
            Command("paste", N_("&Paste"), "Ctrl+V", shown_only=True),
            Command("delete", N_("&Delete"), "Del", "trash-2", shown_only=True),
            Command("select_all", N_("Select &all"), "Ctrl+A", shown_only=True),
            None,
            Command("find", N_("&Find"), "Ctrl+F", "search"),
        ),
    ),
    (
        N_("&View"),
        (
            Command("today", N_("&Today"), "Ctrl+1", "layout-dashboard"),
            Command("staff", N_("&Staff"), "Ctrl+2", "users"),
            Command("pairs", N_("&Pairs"), "Ctrl+3", "link"),
            Command("sessions", N_("Session &logs"), "Ctrl+4", "calendar-check"),
            Command("benefits", N_("&Benefits"), "Ctrl+5", "chart-column"),
            None,
            Command("theme", N_("T&heme"), "", "", ""),
            Command("refresh", N_("&Refresh"), "F5", "refresh-cw"),
        ),
    ),
    (
        N_("&Programme"),
        (
            Command("new_programme", N_("&New programme …"), "", "plus"),
            Command("edit_programme", N_("&Edit programme …"), "", "pencil", "programme"),
            Command("close_programme", N_("&Close programme"), "", "lock", "programme"),
            None,
            Command("add_person", N_("&Add a person …"), "Ctrl+N", "user-plus"),
            Command("propose_roles", N_("Propose &roles"), "", "users", "programme"),
            Command(
                "propose_pairs", N_("&Propose pairs …"), "Ctrl+M", "heart-handshake", "programme"
            ),
            Command("pair_by_hand", N_("Pair by &hand …"), "", "link", "programme"),
            Command("answers", N_("Ans&wers …"), "", "message-circle", "programme"),
            Command("log_session", N_("&Log a session …"), "Ctrl+L", "calendar-check", "programme"),
            None,
            Command("print_letters", N_("Print &missing letters …"), "", "mail", "programme"),
            Command(
                "print_invitations",
                N_("Print missing &invitations …"),
                "",
                "mail",
                "programme",
            ),
            Command("agreements", N_("Si&gned agreements …"), "", "list-checks", "programme"),
            Command("gatherings", N_("Ga&therings …"), "", "users", "programme"),
        ),
    ),
    (
        N_("&Help"),
        (
            Command("help", N_("&First ten minutes"), "F1", "circle-help", ""),
            Command("about", N_("&About RevMentor"), "", "info", ""),
        ),
    ),
)


def build(window: QMainWindow, targets: Sequence[QObject]) -> dict[str, QAction]:
    """Make the menu bar; each action calls ``do_NAME`` of the target that has it."""
    actions: dict[str, QAction] = {}
    for title, commands in MENUS:
        menu = window.menuBar().addMenu(_(title))
        for command in commands:
            if command is None:
                menu.addSeparator()
            else:
                actions[command.name] = _action(window, menu, command, targets)
    return actions


def _action(
    window: QMainWindow, menu: QMenu, command: Command, targets: Sequence[QObject]
) -> QAction:
    if command.name in ("recent", "theme"):
        inner = menu.addMenu(_(command.text))
        inner.setObjectName(command.name)
        return inner.menuAction()
    action = QAction(_(command.text), window)
    action.setData(command.needs)
    action.setProperty("icon", command.icon)
    if command.icon:
        action.setIcon(icon(command.icon))
    _give_keys(action, command)
    if command.name == "quit":
        action.setMenuRole(QAction.MenuRole.QuitRole)
    elif command.name == "about":
        action.setMenuRole(QAction.MenuRole.AboutRole)
    target = next(one for one in targets if hasattr(one, f"do_{command.name}"))
    action.triggered.connect(getattr(target, f"do_{command.name}"))
    menu.addAction(action)
    return action


def _give_keys(action: QAction, command: Command) -> None:
    if not command.keys:
        return
    first = QKeySequence(command.keys)
    if command.shown_only:
        native = first.toString(QKeySequence.SequenceFormat.NativeText)
        action.setText(f"{action.text()}\t{native}")
    elif command.name == "redo":
        action.setShortcuts([first, QKeySequence("Ctrl+Y")])
    else:
        action.setShortcut(first)


def enable(
    actions: Mapping[str, QAction], stack: QUndoStack | None, programme: ProgrammeRow | None
) -> None:
    """Let only what can be done now be chosen; ``stack`` is None while no file is open."""
    open_now = {"": True, "file": stack is not None, "programme": programme is not None}
    for action in actions.values():
        needs = action.data()
        if needs is not None:
            action.setEnabled(open_now[needs])
    for name, plain, able, words in (
        ("undo", _("&Undo"), stack and stack.canUndo(), stack and stack.undoText()),
        ("redo", _("&Redo"), stack and stack.canRedo(), stack and stack.redoText()),
    ):
        shown = (words or "").replace("&", "&&").replace(" …", "")
        actions[name].setEnabled(bool(able))
        actions[name].setText(f"{plain}: {shown}" if able and shown else plain)
    closed = programme is not None and programme.closed_on is not None
    actions["close_programme"].setText(_("Re&open programme") if closed else _("&Close programme"))


def fill_recent(menu: QMenu, paths: Sequence[str], chosen: Callable[[str], object]) -> None:
    """List the recent files that are still there."""
    menu.clear()
    present = [path for path in paths if Path(path).exists()]
    for path in present:
        action = QAction(Path(path).stem.replace("&", "&&"), menu)
        action.triggered.connect(partial(chosen, path))
        menu.addAction(action)
    menu.setEnabled(bool(present))

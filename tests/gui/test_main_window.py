"""The main window: tabs, programmes, menus and keys, undo, what it says, and how it closes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QMenu

from revmentor_desktop.gui.about import AboutDialog, HelpDialog
from revmentor_desktop.gui.main_window import TAB_NAMES, MainWindow
from revmentor_desktop.gui.programme_form import ProgrammeForm
from revmentor_desktop.jobs import files
from revmentor_desktop.services import organisation, programmes, staff
from revmentor_desktop.store.workspace import Workspace

Find = Callable[[type[QDialog]], QDialog]


def add_programme(window: MainWindow, name: str, start: date = date(2026, 3, 2)) -> int:
    assert window.context is not None
    values = {"name": name, "start_date": start, "end_date": date(2026, 12, 1)}
    return window.context.do(f"{name} made", programmes.save, None, values)


def add_person(window: MainWindow, name: str) -> int:
    assert window.context is not None
    return window.context.do(f"{name} added", staff.add, {"full_name": name})


def menus_of(window: MainWindow) -> list[QMenu]:
    return [menu for menu in window.menuBar().findChildren(QMenu) if menu.actions()]


def said(window: MainWindow) -> str:
    return window._said.text()


@pytest.mark.parametrize("name", TAB_NAMES)
def test_each_tab_opens_in_a_file_without_a_programme(open_window: MainWindow, name: str) -> None:
    open_window.show_tab(name)
    tab = open_window.current_tab()
    assert tab is not None
    assert open_window.tab_stack.currentWidget() is tab
    assert open_window.settings.value("tab") == name


@pytest.mark.parametrize("name", TAB_NAMES)
def test_each_tab_opens_in_a_programme(open_window: MainWindow, name: str) -> None:
    add_programme(open_window, "Spring")
    open_window.show_tab(name)
    tab = open_window.current_tab()
    assert tab is not None
    assert tab.programme is not None
    assert tab.programme.name == "Spring"


def test_tabs_are_made_when_they_are_first_shown(open_window: MainWindow) -> None:
    assert list(open_window._tabs) == ["today"]
    open_window.actions_by_name["pairs"].trigger()
    assert list(open_window._tabs) == ["today", "pairs"]


def test_the_switch_shows_another_programme_in_every_tab(open_window: MainWindow) -> None:
    window = open_window
    window.show_tab("pairs")
    spring, autumn = add_programme(window, "Spring"), add_programme(window, "Autumn")
    box = window.tab_row.programmes
    assert {box.itemText(at) for at in range(box.count())} == {"Spring", "Autumn"}
    other = spring if window.programme is not None and window.programme.id == autumn else autumn
    at = box.findData(other)
    box.setCurrentIndex(at)
    box.activated.emit(at)
    for tab in window._tabs.values():
        assert tab.programme is not None
        assert tab.programme.id == other


def test_the_programme_is_remembered_for_this_file_only(
    open_window: MainWindow, organisation_file: Path, tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    window = open_window
    first, second = add_programme(window, "Spring"), add_programme(window, "Autumn")
    for wanted in (first, second):
        window.choose_programme(wanted)
        window.files.open_path(str(organisation_file))
        window.close_file()
        window.files.open_path(str(organisation_file))
        assert window.programme is not None
        assert window.programme.id == wanted
    other = files.new(tmp_path / "Other.revmentor", "Other", clock)
    window.adopt_workspace(other)
    assert window.programme is None


def test_undo_and_redo_carry_the_name_of_the_step(open_window: MainWindow) -> None:
    undo, redo = open_window.actions_by_name["undo"], open_window.actions_by_name["redo"]
    assert not undo.isEnabled()
    add_person(open_window, "Zoë & Ann")
    assert undo.text() == "&Undo: Zoë && Ann added"
    assert said(open_window) == "Zoë & Ann added · All changes saved"
    undo.trigger()
    assert not undo.isEnabled()
    assert redo.text() == "&Redo: Zoë && Ann added"
    assert said(open_window) == "Taken back: Zoë & Ann added"
    redo.trigger()
    assert undo.isEnabled()


def test_the_toast_takes_back(open_window: MainWindow) -> None:
    add_programme(open_window, "Spring")
    assert open_window.toast.isVisible()
    open_window.toast._undo.click()
    assert open_window.programme is None
    assert not open_window.toast.isVisible()


def test_a_programme_is_closed_and_opened_again(open_window: MainWindow) -> None:
    add_programme(open_window, "Spring")
    action = open_window.actions_by_name["close_programme"]
    action.trigger()
    assert action.text() == "Re&open programme"
    assert open_window.tab_row.programmes.currentText() == "Spring (closed)"
    action.trigger()
    assert action.text() == "&Close programme"
    assert open_window.tab_row.programmes.currentText() == "Spring"


def test_commands_wait_for_a_file_and_a_programme(window: MainWindow, dialog: Find) -> None:
    assert not window.actions_by_name["import"].isEnabled()
    assert window.actions_by_name["open_file"].isEnabled()
    window.run_command("log_session")
    assert [one for one in window.findChildren(QDialog) if one.isVisible()] == []


def test_commands_of_tabs_open_their_form(open_window: MainWindow, dialog: Find) -> None:
    tab = open_window.current_tab()
    assert tab is not None
    tab.command_requested.emit("new_programme")
    form = dialog(ProgrammeForm)
    form.reject()


def test_no_two_commands_share_a_key(open_window: MainWindow) -> None:
    add_programme(open_window, "Spring")
    keys = Counter(
        shortcut.toString()
        for action in open_window.actions_by_name.values()
        for shortcut in action.shortcuts()
    )
    assert [key for key, count in keys.items() if count > 1] == []
    assert {"Ctrl+N", "Ctrl+F", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y", "Ctrl+L", "F1", "F5"} <= set(
        keys
    )
    assert {f"Ctrl+{n}" for n in range(1, 6)} <= set(keys)


def test_mnemonics_are_unique_in_every_menu(open_window: MainWindow) -> None:
    add_programme(open_window, "Spring")
    add_person(open_window, "Ann")
    for menu in menus_of(open_window):
        if menu.objectName() == "recent":
            continue
        texts = [action.text() for action in menu.actions() if not action.isSeparator()]
        letters = [text.replace("&&", "").partition("&")[2][:1].casefold() for text in texts]
        assert "" not in letters, texts
        assert len(set(letters)) == len(letters), texts


def test_edit_goes_to_what_has_the_keyboard(open_window: MainWindow) -> None:
    open_window.show_tab("staff")
    tab = open_window.current_tab()
    assert tab is not None
    open_window.activateWindow()
    open_window.actions_by_name["find"].trigger()
    field = QGuiApplication.focusObject()
    assert isinstance(field, QLineEdit)
    field.setText("Marketing")
    for command in ("select_all", "cut"):
        open_window.actions_by_name[command].trigger()
    assert field.text() == ""
    open_window.actions_by_name["paste"].trigger()
    assert field.text() == "Marketing"
    open_window.actions_by_name["select_all"].trigger()
    open_window.actions_by_name["delete"].trigger()
    assert field.text() == ""


def test_a_backup_is_made_and_told(open_window: MainWindow) -> None:
    assert open_window._backed_up.text() in ("No backup yet", "Backed up today 09:00")
    add_person(open_window, "Ann")
    open_window.actions_by_name["back_up"].trigger()
    assert open_window._backed_up.text() == "Backed up today 09:00"
    assert open_window.toast.text == "Backed up"


def test_a_copy_is_whole_and_never_over_another_file(
    open_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_person(open_window, "Ann Ash")
    copy = tmp_path / "Copy.revmentor"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(copy), ""))
    open_window.actions_by_name["save_copy"].trigger()
    assert open_window.toast.text == "Copy saved as Copy.revmentor"
    open_window.actions_by_name["save_copy"].trigger()
    assert "exists already" in open_window.toast.text
    with Workspace.open(copy, data_dir=tmp_path / "d", clock=open_window.clock) as workspace:
        assert workspace.read(organisation.settings)["name"] == "Harbour Bank"


def test_closing_backs_up_silently_and_frees_the_file(
    open_window: MainWindow, organisation_file: Path, clock: Callable[[], datetime]
) -> None:
    add_person(open_window, "Ann")
    open_window.close()
    with files.open_file(organisation_file, clock) as workspace:
        assert "close" in {backup.reason for backup in workspace.backups()}
    assert open_window.settings.value("geometry") is not None


def test_the_last_file_and_tab_open_again(
    open_window: MainWindow, settings: QSettings, clock: Callable[[], datetime]
) -> None:
    open_window.show_tab("pairs")
    open_window.close()
    again = MainWindow(settings, clock)
    try:
        again.expect(None)
        assert again._welcome is None
        again.begin()
        assert again.windowTitle() == "Harbour Bank – RevMentor"
        assert again.current_tab() is again.tab_stack.currentWidget()
        assert again.tab_row.bar.currentIndex() == TAB_NAMES.index("pairs")
    finally:
        again.close()
        again.deleteLater()


def test_another_file_opens_in_the_same_window(
    open_window: MainWindow, tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    other = tmp_path / "Other.revmentor"
    files.new(other, "Other Ltd", clock).close()
    add_person(open_window, "Ann")
    open_window.files.open_path(str(other))
    assert open_window.windowTitle() == "Other Ltd – RevMentor"
    assert not open_window.actions_by_name["undo"].isEnabled()
    recent = open_window.actions_by_name["recent"].menu()
    assert isinstance(recent, QMenu)
    assert [action.text() for action in recent.actions()] == ["Other", "Harbour Bank"]


def test_open_dialogs_close_with_their_file(open_window: MainWindow) -> None:
    open_window.run_command("new_programme")
    open_window.close_file()
    assert [one for one in open_window.findChildren(QDialog) if one.isVisible()] == []


def test_help_and_about(window: MainWindow, dialog: Find) -> None:
    window.actions_by_name["help"].trigger()
    assert not dialog(HelpDialog).isModal()
    dialog(HelpDialog).close()
    window.actions_by_name["about"].trigger()
    about = dialog(AboutDialog)
    assert isinstance(about, AboutDialog)
    for at in range(about.list.count()):
        about.list.setCurrentRow(at)
        assert len(about.text.toPlainText()) > 100
    about.close()


def test_the_theme_is_remembered(window: MainWindow) -> None:
    menu = window.actions_by_name["theme"].menu()
    assert isinstance(menu, QMenu)
    system, light, dark = menu.actions()
    dark.trigger()
    assert window.settings.value("theme") == "dark"
    light.trigger()
    assert window.settings.value("theme") == "light"
    assert light.isChecked()
    assert not system.isChecked()

"""What the menus Edit, View, Programme and Help do: one short method each, ``do_NAME``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget

from revmentor_desktop.gui import theme
from revmentor_desktop.i18n import N_, _

if TYPE_CHECKING:
    from revmentor_desktop.gui.main_window import MainWindow

THEME_NAMES = {"system": N_("As the &system"), "light": N_("&Light"), "dark": N_("&Dark")}


class EditCommands(QObject):
    """Edit goes to what has the keyboard; undo and redo to the file."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def do_undo(self) -> None:
        """Take the last step back."""
        context = self._window.context
        if context is not None:
            text = context.undo_stack.undoText()
            context.undo_stack.undo()
            self._window.toast.hide()
            self._window.say(_("Taken back: {what}").format(what=text))

    def do_redo(self) -> None:
        """Do it again."""
        context = self._window.context
        if context is not None:
            text = context.undo_stack.redoText()
            context.undo_stack.redo()
            self._window.say(_("Done again: {what}").format(what=text))

    def do_cut(self) -> None:
        """Cut the chosen text."""
        _to_focus("cut")

    def do_copy(self) -> None:
        """Copy what is chosen."""
        _to_focus("copy")

    def do_paste(self) -> None:
        """Paste where the keyboard is."""
        _to_focus("paste")

    def do_delete(self) -> None:
        """Delete what is chosen where the keyboard is."""
        focus = QApplication.focusWidget()
        if isinstance(focus, QLineEdit):
            focus.insert("")
        elif isinstance(focus, QPlainTextEdit):
            focus.textCursor().removeSelectedText()
        else:
            _to_focus("delete_selected")

    def do_select_all(self) -> None:
        """Choose everything where the keyboard is."""
        _to_focus("selectAll")

    def do_find(self) -> None:
        """Into the search field of the tab."""
        tab = self._window.current_tab()
        if tab is not None:
            tab.focus_search()


class ViewCommands(QObject):
    """Tabs, theme, refresh and help."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def do_today(self) -> None:
        """The Today tab."""
        self._window.show_tab("today")

    def do_staff(self) -> None:
        """The Staff tab."""
        self._window.show_tab("staff")

    def do_pairs(self) -> None:
        """The Pairs tab."""
        self._window.show_tab("pairs")

    def do_sessions(self) -> None:
        """The Session logs tab."""
        self._window.show_tab("sessions")

    def do_benefits(self) -> None:
        """The Benefits tab."""
        self._window.show_tab("benefits")

    def do_refresh(self) -> None:
        """Read everything anew, as if all had changed."""
        context = self._window.context
        if context is not None:
            from revmentor_desktop.domain.schema import METADATA

            context.changed.emit(frozenset(METADATA.tables))
            self._window.say(_("Read anew"))

    def fill_theme_menu(self, menu: QMenu) -> None:
        """System, light and dark."""
        group = QActionGroup(menu)
        for name in theme.THEMES:
            action = QAction(_(THEME_NAMES[name]), menu)
            action.setCheckable(True)
            action.setChecked(name == self._window.settings.value("theme", "system"))
            action.triggered.connect(partial(self.choose_theme, name))
            group.addAction(action)
            menu.addAction(action)

    def choose_theme(self, name: str, _on: bool = True) -> None:
        """Show another theme, and remember it."""
        self._window.settings.setValue("theme", name)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, name)

    def do_help(self) -> None:
        """The first ten minutes, beside the window so that they can be followed."""
        from revmentor_desktop.gui.about import HelpDialog

        HelpDialog(self._window).show()

    def do_about(self) -> None:
        """Version and licences."""
        from revmentor_desktop.gui.about import AboutDialog

        AboutDialog(self._window).open()


def _to_focus(what: str) -> None:
    """Call a method of the widget that has the keyboard, or of the table around it."""
    widget: QWidget | None = QApplication.focusWidget()
    while widget is not None:
        act = getattr(widget, what, None)
        if act is not None:
            act()
            return
        widget = widget.parentWidget()

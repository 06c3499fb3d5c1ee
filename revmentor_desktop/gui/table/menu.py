"""The menus of chosen rows: all that can be done with them, and one column for all of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from revmentor_desktop.gui.icons import icon
from revmentor_desktop.i18n import _

if TYPE_CHECKING:
    from revmentor_desktop.gui.table.view import TableView


def context_menu(view: TableView) -> QMenu:
    """Open, the page's own actions, copy and paste, bulk edit, delete."""
    menu = QMenu(view)
    menu.aboutToHide.connect(menu.deleteLater)
    count = view.selected_count()
    menu.addAction(icon("eye"), _("&Open"), view.open_current).setEnabled(count == 1)
    menu.addActions(list(view.extra_actions))
    menu.addSeparator()
    menu.addAction(icon("copy"), _("&Copy"), view.copy).setEnabled(count > 0)
    menu.addAction(_("&Paste"), view.paste)
    bulk = bulk_menu(view, menu)
    bulk.setEnabled(count > 0)
    menu.addMenu(bulk)
    menu.addSeparator()
    menu.addAction(icon("trash-2"), _("&Delete"), view.delete_selected).setEnabled(count > 0)
    return menu


def bulk_menu(view: TableView, parent: QWidget) -> QMenu:
    """The columns that can be set for all chosen rows."""
    rows = view.rows.source.counted(view.selected_count())
    menu = QMenu(_("&Set for {rows}").format(rows=rows), parent)
    menu.setIcon(icon("pencil"))
    for column in view.rows.columns:
        if column.editor is not None:
            title = _("{column} …").format(column=_(column.title).replace("&", "&&"))
            menu.addAction(title, partial(view.bulk_edit, column.key))
    return menu

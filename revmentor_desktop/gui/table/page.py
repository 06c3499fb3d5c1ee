"""A page with a table: title, search, filters, columns, and what to do where it is empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.icons import icon
from revmentor_desktop.gui.table.filters import FilterRow
from revmentor_desktop.gui.table.model import TableModel
from revmentor_desktop.gui.table.view import TableView
from revmentor_desktop.gui.widgets import EmptyState, button, label
from revmentor_desktop.i18n import _, format_number, ngettext
from revmentor_desktop.services.tables import TableSource

FILTERS_WAIT_MS = 120


@dataclass(frozen=True, slots=True)
class Empty:
    """What a page says while there is nothing in it."""

    icon: str
    title: str
    sentence: str
    actions: Sequence[tuple[str, Callable[[], object]]] = ()


class TablePage(QWidget):
    """The page of a TableSource.

    Signals:
        record_opened: the record of this id is asked for.
        selection_changed: the chosen ids.
    """

    record_opened = Signal(int)
    selection_changed = Signal(list)

    def __init__(
        self,
        context: Context,
        source: TableSource[Any],
        title: str,
        empty: Empty,
        settings: QSettings,
        search_hint: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.model = TableModel(context, source, self)
        self.view = TableView(context, self.model, settings)
        self.view.setAccessibleName(title)
        self._base_count = ""
        self._stale = QTimer(self)
        self._stale.setSingleShot(True)
        self._stale.setInterval(FILTERS_WAIT_MS)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 16)
        outer.setSpacing(14)
        outer.addLayout(self._head(title))
        outer.addLayout(self._tools(search_hint))
        outer.addWidget(self._body(empty), 1)
        self._connect()
        self.reload()

    def _head(self, title: str) -> QHBoxLayout:
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(title, "title"))
        words.addLayout(self._sub_line())
        head.addLayout(words)
        head.addStretch()
        self.actions_row = QHBoxLayout()
        self.actions_row.setSpacing(8)
        head.addLayout(self.actions_row)
        return head

    def _sub_line(self) -> QHBoxLayout:
        """How many rows there are, and what can be done with several chosen ones."""
        line = QHBoxLayout()
        line.setSpacing(4)
        self._counts = label("", "muted")
        self._counts.setMinimumHeight(28)
        line.addWidget(self._counts)
        self._set_button = button(_("Set …"), self._show_bulk_menu, kind="flat")
        self._delete_button = button(_("Delete"), self.view.delete_selected, kind="flat")
        for made in (self._set_button, self._delete_button):
            made.hide()
            line.addWidget(made)
        line.addStretch()
        return line

    def _tools(self, hint: str) -> QHBoxLayout:
        tools = QHBoxLayout()
        tools.setSpacing(8)
        self.search = QLineEdit()
        self.search.setPlaceholderText(hint)
        self.search.setAccessibleName(_("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(170)
        self.search.setMaximumWidth(300)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        tools.addWidget(self.search, 2)
        self.filters = FilterRow()
        tools.addWidget(self.filters)
        tools.addStretch(1)
        self.columns_button = button(_("Columns"), self._show_chooser, "columns-3")
        tools.addWidget(self.columns_button)
        return tools

    def _body(self, empty: Empty) -> QStackedWidget:
        self._stack = QStackedWidget()
        frame = QFrame()
        frame.setObjectName("table")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 6, 1, 6)
        inside.addWidget(self.view)
        self._empty = _on_card(EmptyState(empty.icon, empty.title, empty.sentence, empty.actions))
        no_hits = EmptyState(
            "search",
            _("Nothing matches"),
            _("No row has all of these words, or passes these filters."),
            [(_("Clear search and filters"), self.clear_narrowing)],
            filled=False,
        )
        self._no_hits = _on_card(no_hits)
        for page in (frame, self._empty, self._no_hits):
            self._stack.addWidget(page)
        return self._stack

    def _connect(self) -> None:
        self.filters.chosen.connect(self._on_filter_chosen)
        self.search.textChanged.connect(self.model.set_search)
        self.search.installEventFilter(self)
        self.model.counted.connect(self._on_counted)
        self.view.record_opened.connect(self.record_opened)
        self.view.selection_changed.connect(self._on_selection_changed)
        self.view.refused.connect(self._context.refused)
        self.view.typed.connect(self._on_typed)
        self._context.changed.connect(self._on_changed)
        self._stale.timeout.connect(self._fill_filters)

    def add_button(self, action: QAction, filled: bool = False) -> QPushButton:
        """Show an action as a button at the top right."""
        made = button(
            action.text().replace("&", ""), action.trigger, kind="filled" if filled else ""
        )
        made.setText(f" {action.text()}")
        made.setIcon(
            icon(str(action.property("icon") or ""), "on_accent" if filled else "muted")
            if action.property("icon")
            else action.icon()
        )
        made.setIconSize(QSize(16, 16))
        made.setToolTip("")
        self.actions_row.addWidget(made)
        return made

    def set_source(self, source: TableSource[Any]) -> None:
        """Show another source of the same kind."""
        self.model.set_source(source)
        self._fill_filters()

    def reload(self) -> None:
        """Read everything anew."""
        self._fill_filters()
        self.model.reload()

    def selected_ids(self) -> list[int]:
        """The ids of the chosen rows."""
        return self.view.selected_ids()

    def select_ids(self, ids: Sequence[int]) -> None:
        """Show all rows, choose these and bring the first into view."""
        self.clear_narrowing()
        self.view.select_ids(ids)

    def show_filter(self, wanted: Mapping[str, object]) -> None:
        """Choose these filters and clear the search."""
        self.search.clear()
        self.filters.choose(wanted)
        self._on_filter_chosen()

    def clear_narrowing(self) -> None:
        """Show all rows."""
        self.show_filter({})

    def focus_search(self) -> None:
        """Ctrl+F."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search field: Down goes into the table, Esc clears."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down:
                self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
                if not self.view.selected_count() and self.model.rowCount():
                    self.view.selectRow(0)
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def _fill_filters(self) -> None:
        self.filters.offer(self._context.read(self.model.source.filter_choices))

    def _on_filter_chosen(self) -> None:
        self.model.set_filters(self.filters.values())

    def _on_changed(self, tables: frozenset[str]) -> None:
        # The new row or cell is painted first; the choices of the filters can wait.
        if tables & self.model.source.reads:
            self._stale.start()

    def _on_counted(self, shown: int, total: int) -> None:
        was_in_table = self.view.hasFocus()
        page = 0
        if shown == 0:
            page = 2 if self.model.is_narrowed else 1
        self._stack.setCurrentIndex(page)
        if page and was_in_table:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_filled(page != 1)
        self._tell_counts(shown, total)

    def _show_filled(self, shown: bool) -> None:
        """One filled button a page: an empty page has its own."""
        for at in range(self.actions_row.count()):
            item = self.actions_row.itemAt(at)
            made = item.widget() if item is not None else None
            if made is not None and made.property("filled"):
                made.setVisible(shown)

    def _tell_counts(self, shown: int, total: int) -> None:
        text = self.model.source.counted(total)
        if shown < 0:
            text = _("searching …")
        elif shown != total:
            text = _("{shown} of {all}").format(shown=format_number(shown), all=text)
        self._base_count = text
        self._on_selection_changed()

    def _on_selection_changed(self) -> None:
        count = self.view.selected_count()
        chosen = ngettext("{n} chosen", "{n} chosen", count)
        self._counts.setText(f"{self._base_count} · {chosen}" if count > 1 else self._base_count)
        self._set_button.setVisible(count > 1)
        self._delete_button.setVisible(count > 1)
        self.selection_changed.emit(self.view.selected_ids() if 0 < count < 5000 else [])

    def _on_typed(self, letters: str) -> None:
        self.search.setText(self.search.text() + letters)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_bulk_menu(self) -> None:
        menu = self.view.bulk_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._set_button.mapToGlobal(self._set_button.rect().bottomLeft()))

    def _show_chooser(self) -> None:
        place = self.columns_button.mapToGlobal(self.columns_button.rect().bottomLeft())
        self.view.chooser_menu().popup(place)


def _on_card(inside: QWidget) -> QFrame:
    card = QFrame()
    card.setObjectName("table")
    QVBoxLayout(card).addWidget(inside)
    return card

"""The table page under keyboard, mouse and clipboard, asserted through what is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QAction, QFont, QFontMetrics, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.table.bulk_edit import BulkEdit
from revmentor_desktop.gui.table.delegates import PADDING, as_tool_tip
from revmentor_desktop.gui.table.model import DISPLAY
from revmentor_desktop.gui.table.page import Empty, TablePage
from revmentor_desktop.services import staff
from revmentor_desktop.services.staff_table import StaffTable

EMPTY = Empty("users", "Nobody here yet", "Add people.", [("Add a person", print)])
Show = Callable[[QWidget], None]
TypeText = Callable[[QWidget, str], None]


@pytest.fixture
def page(context: Context, settings: QSettings, show: Show) -> TablePage:
    made = make_page(context, settings)
    made.resize(1000, 600)
    show(made)
    return made


def make_page(context: Context, settings: QSettings) -> TablePage:
    return TablePage(context, StaffTable(None), "Staff", EMPTY, settings, "Search people")


def names(page: TablePage) -> list[str]:
    return [page.model.index(row, 0).data(DISPLAY) for row in range(page.model.rowCount())]


def column(page: TablePage, key: str) -> int:
    return [c.key for c in page.model.columns].index(key)


def choose(page: TablePage, *rows: int, key: str = "full_name") -> None:
    page.view.setCurrentIndex(page.model.index(rows[0], column(page, key)))
    page.view.mark([page.model.id_at(row) for row in rows])
    page.view.setFocus()


def stored(context: Context, page: TablePage, name: str) -> object:
    ids = context.read(page.model.source.ids, "full_name", False, {})
    rows = context.read(page.model.source.rows, ids)
    return next(row for row in rows.values() if row.name == name)


def texts(menu: QMenu) -> list[str]:
    return [a.text().replace("&", "") for a in menu.actions() if not a.isSeparator()]


def enter(editor: QLineEdit) -> None:
    """The delegate stores the value on its way back to the event loop."""
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


def open_menu(page: TablePage) -> QMenu:
    [menu] = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMenu) and w.isVisible()]
    return menu


def test_it_says_how_many_there_are(page: TablePage) -> None:
    assert page._counts.text() == "5 people"
    page.search.setText("oslo")
    assert page._counts.text() == "2 of 5 people"
    choose(page, 0, 1)
    assert page._counts.text() == "2 of 5 people · 2 chosen"


def test_search_and_back_by_keyboard(page: TablePage, type_text: TypeText) -> None:
    page.focus_search()
    type_text(page.search, "porto")
    assert names(page) == ["Cid Cedar", "Dan Dogwood"]
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.view.hasFocus()
    assert page.selected_ids() == [page.model.id_at(0)]
    page.focus_search()
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert len(names(page)) == 5
    assert page.selected_ids() == [page.model.id_at(2)], "the selection is kept by id"


def test_letters_typed_into_the_table_search(page: TablePage, type_text: TypeText) -> None:
    choose(page, 0)
    type_text(page.view, "e")
    assert page.search.text() == "e"
    assert page.search.hasFocus()


def test_f2_edits_and_one_undo_takes_it_back(
    page: TablePage, context: Context, type_text: TypeText, said: Sequence[tuple[str, bool]]
) -> None:
    choose(page, 0)
    QTest.keyClick(page.view, Qt.Key.Key_F2)
    editor = page.view.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    type_text(editor, "Zoë 日本")
    enter(editor)
    assert stored(context, page, "Zoë 日本")
    assert said == [("Name changed", True)]
    context.undo_stack.undo()
    assert names(page)[0] == "Ann Ash"


def test_the_return_that_ends_an_edit_opens_no_record(
    page: TablePage, qtbot: QtBot, type_text: TypeText
) -> None:
    choose(page, 0)
    QTest.keyClick(page.view, Qt.Key.Key_F2)
    editor = page.view.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    type_text(editor, "Zoë")
    with qtbot.assertNotEmitted(page.record_opened):
        enter(editor)


def test_esc_leaves_a_cell_as_it_was(
    page: TablePage, context: Context, type_text: TypeText
) -> None:
    choose(page, 0)
    QTest.keyClick(page.view, Qt.Key.Key_F2)
    editor = page.view.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    type_text(editor, "Zed")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert names(page)[0] == "Ann Ash"
    assert not context.undo_stack.canUndo()


def test_an_edit_without_a_change_is_no_step(page: TablePage, context: Context) -> None:
    choose(page, 0, key="start_date")
    QTest.keyClick(page.view, Qt.Key.Key_F2)
    editor = page.view.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    enter(editor)
    assert not context.undo_stack.canUndo()


def test_a_date_is_typed_as_people_do(
    page: TablePage, context: Context, type_text: TypeText
) -> None:
    choose(page, 0, key="start_date")
    QTest.keyClick(page.view, Qt.Key.Key_F2)
    editor = page.view.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    assert editor.width() >= 150, "the whole date can be read while it is edited"
    type_text(editor, "mon")
    enter(editor)
    assert page.model.index(0, column(page, "start_date")).data(DISPLAY) == "9 Mar 2026"


def test_a_refused_edit_is_said_and_not_stored(
    page: TablePage, context: Context, type_text: TypeText, refused: Sequence[str]
) -> None:
    choose(page, 0, key="start_date")
    QTest.keyClick(page.view, Qt.Key.Key_F2)
    editor = page.view.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    type_text(editor, "soon")
    enter(editor)
    assert refused == ["“soon” is not a date. Write it like 31 Mar 2026."]
    assert not context.undo_stack.canUndo()


def test_enter_on_a_cell_that_cannot_be_edited_opens_the_record(
    page: TablePage, qtbot: QtBot
) -> None:
    choose(page, 1, key="status")
    with qtbot.waitSignal(page.record_opened) as opened:
        QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert opened.args == [page.model.id_at(1)]
    choose(page, 2)
    with qtbot.waitSignal(page.record_opened) as opened:
        QTest.keyClick(page.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert opened.args == [page.model.id_at(2)]


def test_a_double_click_on_such_a_cell_opens_the_record(page: TablePage, qtbot: QtBot) -> None:
    where = page.view.visualRect(page.model.index(1, column(page, "status"))).center()
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    with qtbot.waitSignal(page.record_opened) as opened:
        QTest.mouseDClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert opened.args == [page.model.id_at(1)]


def test_del_deletes_without_asking_and_undo_brings_back(
    page: TablePage, context: Context, said: Sequence[tuple[str, bool]]
) -> None:
    choose(page, 1, 3)
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    assert names(page) == ["Ann Ash", "Cid Cedar", "Eve Elm"]
    assert said == [("2 people deleted", True)]
    assert page.view.currentIndex().row() == 1, "the neighbour is the current one"
    context.undo_stack.undo()
    assert len(names(page)) == 5


def test_copied_rows_are_a_block_in_the_order_of_the_screen(
    page: TablePage, context: Context
) -> None:
    site = column(page, "site")
    page.view.columns.moveSection(page.view.columns.visualIndex(site), 0)
    page.model.set_values([page.model.id_at(0)], {"job_title": "=1+1 <b>&</b>"})
    choose(page, 0, 2)
    page.view.copy()
    data = QGuiApplication.clipboard().mimeData()
    lines = [line.split("\t")[:3] for line in data.text().splitlines()]
    assert lines == [["Oslo", "Ann Ash", "=1+1 <b>&</b>"], ["Porto", "Cid Cedar", ""]]
    assert "&lt;b&gt;" in data.html()
    assert "number-format" in data.html(), "a spreadsheet takes the cell as text"


def test_a_pasted_block_is_one_step(page: TablePage, context: Context) -> None:
    page.view.chooser_menu()
    choose(page, 1, key="department")
    for key in ("level", "team"):
        page.view.setColumnHidden(column(page, key), True)
    QGuiApplication.clipboard().setText("Legal\tRome\nLegal\tBonn\n")
    QTest.keyClick(page.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    bea, cid = (stored(context, page, name) for name in ("Bea Birch", "Cid Cedar"))
    assert (bea.department, bea.site, cid.site) == ("Legal", "Rome", "Bonn")  # type: ignore[attr-defined]
    assert context.undo_stack.count() == 1
    context.undo_stack.undo()
    assert stored(context, page, "Cid Cedar").site == "Porto"  # type: ignore[attr-defined]


def test_a_block_with_one_bad_cell_pastes_nothing(
    page: TablePage, context: Context, refused: Sequence[str]
) -> None:
    choose(page, 0, key="site")
    QGuiApplication.clipboard().setText("Rome\nBonn\t\tyesterdayish")
    page.view.paste()
    assert refused
    assert not context.undo_stack.canUndo()
    assert stored(context, page, "Ann Ash").site == "Oslo"  # type: ignore[attr-defined]


def test_a_block_that_the_file_refuses_pastes_nothing(
    page: TablePage, context: Context, refused: Sequence[str]
) -> None:
    choose(page, 0)
    QGuiApplication.clipboard().setText("Abe\n  \nCy")
    page.view.paste()
    assert refused == ["A person needs a name."]
    assert names(page)[0] == "Ann Ash"


def test_one_value_for_many(page: TablePage, context: Context, qtbot: QtBot) -> None:
    choose(page, 0, 2, 4)
    assert texts(page.view.context_menu())[-2] == "Set for 3 people"
    page.view.bulk_edit("site")
    [dialog] = page.findChildren(BulkEdit)
    dialog.field.set_value("Rome")
    with qtbot.waitSignal(dialog.finished):
        dialog.accept()
    sites = [stored(context, page, name).site for name in ("Ann Ash", "Cid Cedar", "Eve Elm")]  # type: ignore[attr-defined]
    assert sites == ["Rome"] * 3
    assert context.undo_stack.count() == 1


def test_several_chosen_rows_can_be_set_or_deleted_from_the_sub_line(page: TablePage) -> None:
    choose(page, 0)
    assert not page._set_button.isVisible()
    choose(page, 0, 1)
    assert page._set_button.isVisible()
    page._set_button.click()
    menu = open_menu(page)
    assert "Site …" in texts(menu)
    menu.close()
    page._delete_button.click()
    assert names(page) == ["Cid Cedar", "Dan Dogwood", "Eve Elm"]


def test_the_menu_key_opens_the_menu_of_the_chosen_rows(page: TablePage) -> None:
    extra = QAction("Told today", page)
    page.view.extra_actions = [extra]
    choose(page, 0)
    QTest.keyClick(page.view, Qt.Key.Key_Menu)
    from PySide6.QtGui import QContextMenuEvent

    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(page.view.viewport(), event)
    menu = open_menu(page)
    assert texts(menu) == ["Open", "Told today", "Copy", "Paste", "Set for 1 person", "Delete"]
    menu.close()


def test_columns_are_chosen_and_remembered(
    page: TablePage, context: Context, settings: QSettings, show: Show
) -> None:
    email, site = column(page, "email"), column(page, "site")
    assert page.view.isColumnHidden(email)
    [action] = [a for a in page.view.chooser_menu().actions() if a.text() == "E-mail"]
    action.trigger()
    page.view.setColumnWidth(site, 222)
    again = make_page(context, settings)
    show(again)
    assert not again.view.isColumnHidden(email)
    assert again.view.columnWidth(site) == 222
    again.view.reset_layout()
    assert again.view.isColumnHidden(email)


def test_the_name_cannot_be_hidden(page: TablePage) -> None:
    assert not page.view.chooser_menu().actions()[0].isEnabled()


def test_a_click_on_the_header_orders_and_another_turns_it(page: TablePage) -> None:
    choose(page, 0)
    ann = page.selected_ids()
    header = page.view.columns
    place = QPoint(header.sectionViewportPosition(column(page, "site")) + 20, 10)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert names(page) == ["Eve Elm", "Ann Ash", "Bea Birch", "Cid Cedar", "Dan Dogwood"]
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert names(page)[0] in ("Cid Cedar", "Dan Dogwood")
    assert header.isSortIndicatorShown()
    assert header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
    assert page.selected_ids() == ann


def test_a_refresh_does_not_move_her(page: TablePage, context: Context) -> None:
    for number in range(60):
        context.do("", staff.add, {"full_name": f"Gil Fir{number:02}"})
    choose(page, 40)
    page.view.verticalScrollBar().setValue(30)
    kept = page.selected_ids()
    context.do("", staff.add, {"full_name": "Abe Acacia"})
    assert page.selected_ids() == kept
    assert page.view.verticalScrollBar().value() == 30
    assert page.view.currentIndex().row() == 41


def test_ctrl_a_takes_all_rows(page: TablePage) -> None:
    choose(page, 0)
    QTest.keyClick(page.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(page.selected_ids()) == 5


def test_filters_narrow_and_can_be_cleared(page: TablePage) -> None:
    page.show_filter({"department": "Finance"})
    assert names(page) == ["Bea Birch", "Eve Elm"]
    page.search.setText("nobody")
    assert page._stack.currentIndex() == 2
    page.clear_narrowing()
    assert len(names(page)) == 5
    assert page._stack.currentIndex() == 0


def test_a_filter_stays_chosen_when_its_choices_change(
    page: TablePage, context: Context, qtbot: QtBot
) -> None:
    page.show_filter({"department": "Finance"})
    context.do("", staff.add, {"full_name": "Fay Fir", "department": "Law"})
    qtbot.waitUntil(lambda: page.filters.box("department").findText("Law") > 0)
    assert page.filters.values()["department"] == "Finance"


def test_an_empty_table_offers_what_to_do(page: TablePage, context: Context) -> None:
    page.add_button(QAction("Add", page), filled=True)
    page.view.selectAll()
    page.view.delete_selected()
    assert page._stack.currentIndex() == 1
    filled = [
        b for b in page.findChildren(QWidget) if b.property("filled") is True and b.isVisible()
    ]
    assert len(filled) == 1, "one filled button a page"
    context.undo_stack.undo()
    assert page._stack.currentIndex() == 0


def test_a_tool_tip_reads_no_markup(page: TablePage) -> None:
    assert as_tool_tip("Ann <ann@x.org> & Co") == "<span>Ann &lt;ann@x.org> &amp; Co</span>"


def test_the_table_paints_its_rows(page: TablePage) -> None:
    picture = page.view.viewport().grab().toImage()
    colours = {picture.pixelColor(x, 18).name() for x in range(10, 120)}
    assert len(colours) > 3, "the first name is on the screen"


def test_a_hyphen_in_a_name_is_no_wider_than_elsewhere(context: Context, page: TablePage) -> None:
    context.do("", staff.add, {"full_name": "Ada Pryce-Jones-von-der-Höhe"})
    at = names(page).index("Ada Pryce-Jones-von-der-Höhe")
    option = QStyleOptionViewItem()
    page.view.initViewItemOption(option)
    plain = QFont(QApplication.font())
    plain.setWeight(QFont.Weight.Medium)
    wanted = QFontMetrics(plain).horizontalAdvance("Ada Pryce-Jones-von-der-Höhe") + 2 * PADDING + 2
    index = page.model.index(at, column(page, "full_name"))
    assert page.view.itemDelegate().sizeHint(option, index).width() == wanted

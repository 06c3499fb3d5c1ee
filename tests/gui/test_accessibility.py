"""What a screen reader and a keyboard find: names, the Tab chain, targets, contrast, shortcuts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QTabBar,
    QWidget,
)

from revmentor_desktop.gui import theme
from revmentor_desktop.gui.main_window import TAB_NAMES, MainWindow

DIALOGS = ("add_person", "edit_programme", "log_session", "organisation", "pair_by_hand",
           "export", "about", "restore", "import", "print_pack", "agreements",
           "templates", "letterhead")  # fmt: skip
LEAST_TARGET = 24


def nodes(top: QWidget) -> Iterator[QAccessibleInterface]:
    """Every node under a widget, as a screen reader walks them (tables at their first cells)."""
    waiting = [QAccessible.queryAccessibleInterface(top)]
    while waiting:
        node = waiting.pop()
        if node is None or not node.isValid():
            continue
        yield node
        if node.role() not in (QAccessible.Role.Table, QAccessible.Role.List):
            waiting.extend(node.child(at) for at in range(node.childCount()))


def is_shown(node: QAccessibleInterface) -> bool:
    widget = node.object()
    return isinstance(widget, QWidget) and widget.isVisible()


def nameless(top: QWidget) -> list[str]:
    found = []
    for node in nodes(top):
        state = node.state()
        if not state.focusable or state.invisible or not is_shown(node):
            continue
        name = node.text(QAccessible.Text.Name)
        if isinstance(node.object(), QComboBox):
            # On Linux Qt gives a combo box's value for its name, and the label as a relation.
            name = node.object().accessibleName()
        value = node.text(QAccessible.Text.Value)
        inside = isinstance(node.object().parent(), QComboBox | QAbstractSpinBox)
        if inside or isinstance(node.object(), QDialog):
            continue
        if not name or (isinstance(node.object(), QComboBox | QLineEdit) and name == value):
            found.append(f"{type(node.object()).__name__} {node.object().objectName()} {name!r}")
    return found


def chain(top: QWidget) -> list[QWidget]:
    """What Tab goes through."""
    seen, at = [], top.nextInFocusChain()
    while at is not top and at not in seen:
        seen.append(at)
        at = at.nextInFocusChain()
    return seen


def small_targets(top: QWidget) -> list[str]:
    return [
        f"{type(button).__name__} {button.text()!r} {button.width()}x{button.height()}"
        for button in top.findChildren(QAbstractButton)
        if button.isVisible()
        and button.isEnabled()
        and not isinstance(button.parent(), QLineEdit | QTabBar)
        and button.text()
        and min(button.width(), button.height()) < LEAST_TARGET
    ]


@pytest.mark.parametrize("name", TAB_NAMES)
def test_everything_in_a_tab_has_a_name_and_is_large_enough(
    sample_window: MainWindow, name: str
) -> None:
    sample_window.show_tab(name)
    QApplication.processEvents()
    assert nameless(sample_window) == []
    assert small_targets(sample_window) == []


@pytest.mark.parametrize("name", DIALOGS)
def test_everything_in_a_dialog_has_a_name_and_tab_reaches_it(
    sample_window: MainWindow, dialog: Callable[[type[QDialog]], QDialog], name: str
) -> None:
    sample_window.run_command(name)
    QApplication.processEvents()
    [top] = [one for one in sample_window.findChildren(QDialog) if one.isVisible()]
    assert nameless(top) == []
    assert small_targets(top) == []
    reached = set(chain(top))
    fields = [f for f in top.findChildren(QLineEdit) if f.isVisible() and f.isEnabled()]
    assert all(field in reached for field in fields)
    mnemonics = Counter(
        button.text()[button.text().index("&") + 1].casefold()
        for button in top.findChildren(QAbstractButton)
        if "&" in button.text().replace("&&", "") and button.isVisible()
    )
    assert all(count == 1 for count in mnemonics.values()), mnemonics
    top.close()


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""

    def channel(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    c = QColor(colour)
    red, green, blue = (channel(v) for v in (c.redF(), c.greenF(), c.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_text_and_fields_have_contrast(tokens: theme.Tokens) -> None:
    t = tokens
    for ink, ground in (
        (t.text, t.window), (t.text, t.surface), (t.muted, t.window), (t.muted, t.surface),
        (t.accent, t.window), (t.on_accent, t.accent), (t.selection_text, t.selection),
        (t.ok, t.ok_soft), (t.warn, t.warn_soft), (t.bad, t.bad_soft), (t.info, t.info_soft),
        (t.bad, t.window), (t.muted, t.sunken),
    ):  # fmt: skip
        assert contrast(ink, ground) >= 4.5, (ink, ground)
    for edge in (t.field_border, t.accent, *t.charts):
        assert contrast(edge, t.surface) >= 3, edge


def test_no_two_actions_share_a_key(sample_window: MainWindow) -> None:
    keys = Counter(
        key.toString()
        for action in sample_window.actions_by_name.values()
        for key in action.shortcuts()
    )
    assert keys
    assert all(count == 1 for count in keys.values()), keys

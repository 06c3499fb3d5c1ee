"""The look: contrast in both themes, fonts for every script, the keyboard's ring, icons, chips."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QRawFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPushButton, QWidget

from revmentor_desktop import resources
from revmentor_desktop.gui import theme
from revmentor_desktop.gui.chips import Chip, chip_colours
from revmentor_desktop.gui.icons import icon
from revmentor_desktop.gui.theme import DARK, LIGHT, Tokens

BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
Show = Callable[[QWidget], None]


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [value / 255 for value in QColor(colour).getRgb()[:3]]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@BOTH
def test_words_can_be_read(tokens: Tokens) -> None:
    t = tokens
    pairs = [
        *itertools.product((t.text, t.muted, t.accent, t.bad), (t.window, t.surface)),
        (t.selection_text, t.selection),
        (t.on_accent, t.accent),
        (t.ok, t.ok_soft),
        (t.warn, t.warn_soft),
        (t.bad, t.bad_soft),
        (t.info, t.info_soft),
        (t.accent, t.accent_soft),
        (t.muted, t.sunken),
    ]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


@BOTH
def test_borders_rings_and_charts_can_be_seen(tokens: Tokens) -> None:
    pairs = itertools.product(
        (tokens.field_border, tokens.accent, *tokens.charts), (tokens.surface,)
    )
    assert [pair for pair in pairs if contrast(*pair) < 3] == []


def test_every_token_of_the_sheet_is_known(look: QApplication) -> None:
    for choice in ("dark", "light"):
        theme.apply(look, choice)
        assert "@" not in look.styleSheet()


def test_a_theme_can_be_changed_while_windows_are_open(look: QApplication, show: Show) -> None:
    window = QWidget()
    show(window)
    theme.apply(look, "dark")
    assert window.grab().toImage().pixelColor(5, 5).name().upper() == DARK.window
    theme.apply(look, "light")
    assert window.grab().toImage().pixelColor(5, 5).name().upper() == LIGHT.window


@pytest.mark.parametrize(
    "name", ["Zoë Kraków", "Ελένη", "Юлия", "Đỗ Nguyễn", "أحمد", "נועה", "प्रिया"]
)
def test_every_script_has_a_bundled_font(name: str) -> None:
    fonts = [QRawFont(str(path), 12) for path in resources.path("fonts").glob("*.ttf")]
    for letter in name.replace(" ", ""):
        assert any(font.supportsCharacter(ord(letter)) for font in fonts), letter


def test_the_ring_is_for_the_keyboard_only(show: Show) -> None:
    window = QWidget()
    layout = QHBoxLayout(window)
    field, first, second = QLineEdit(), QPushButton("One"), QPushButton("Two")
    for widget in (field, first, second):
        layout.addWidget(widget)
    show(window)
    second.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    assert second.hasFocus()
    assert not second.property("kbd")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert first.hasFocus()
    assert theme.LIGHT.accent in colours(first.grab().toImage())
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert theme.LIGHT.accent not in colours(first.grab().toImage())
    second.clearFocus()
    field.setFocus()
    QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    assert not second.property("kbd"), "the mouse leads here, after the keyboard did"


def colours(picture: QImage) -> set[str]:
    return {
        picture.pixelColor(x, y).name().upper()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() == 255
    }


def test_an_icon_has_the_colour_of_its_place_and_theme(look: QApplication) -> None:
    made = icon("users")
    size = QSize(48, 48)
    assert LIGHT.muted in colours(made.pixmap(size).toImage())
    assert LIGHT.field_border in colours(made.pixmap(size, QIcon.Mode.Disabled).toImage())
    theme.apply(look, "dark")
    assert DARK.muted in colours(made.pixmap(size).toImage())


def test_an_icon_is_crisp_on_a_dense_screen() -> None:
    dense = icon("users").pixmap(QSize(16, 16), 2.0)
    assert dense.width() == 32
    assert dense.devicePixelRatio() == 2.0
    picture = QImage(16, 16, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    icon("users").paint(painter, picture.rect())
    painter.end()
    assert any(picture.pixelColor(x, y).alpha() for x in range(16) for y in range(16)), (
        "drawn straight on a painter"
    )


def test_a_chip_says_its_word_and_has_its_colours(show: Show) -> None:
    chip = Chip("Has a partner", "ok")
    show(chip)
    assert chip.text() == "Has a partner"
    ink, ground = chip_colours("ok")
    assert {ink, ground} <= colours(chip.grab().toImage())


def test_a_chip_stands_at_the_right_in_right_to_left(show: Show) -> None:
    from PySide6.QtCore import QRect

    from revmentor_desktop.gui.chips import paint_chip

    picture = QImage(200, 30, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    direction = Qt.LayoutDirection.RightToLeft
    paint_chip(painter, QRect(0, 0, 200, 30), "Ok", "ok", QApplication.font(), direction)
    painter.end()
    assert picture.pixelColor(190, 15).alpha()
    assert not picture.pixelColor(20, 15).alpha()

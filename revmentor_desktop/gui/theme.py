"""The look: tokens, palette and a little QSS over Fusion, in light and dark."""

from __future__ import annotations

from dataclasses import dataclass, fields

from PySide6.QtCore import QLoggingCategory, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from revmentor_desktop import resources
from revmentor_desktop.gui.style_sheet import SHEET


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme."""

    window: str
    surface: str
    sunken: str
    border: str
    line: str
    field_border: str
    text: str
    muted: str
    accent: str
    accent_soft: str
    on_accent: str
    selection: str
    selection_text: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    info: str
    info_soft: str
    charts: tuple[str, ...]


LIGHT = Tokens(
    "#F5F6F8", "#FFFFFF", "#ECEEF2", "#DDE1E7", "#ECEEF2", "#848E9C", "#1C2430", "#586474",
    "#0F6E66", "#DDF0EC", "#FFFFFF", "#D6ECE8", "#10302D", "#146C3E", "#DFF3E7", "#8A5A00",
    "#FCEFCF", "#B3261E", "#FBE3E1", "#2B5DB8", "#E1EAFA",
    ("#0F6E66", "#5B8DEF", "#B7791F", "#B56BC8", "#7C8797"),
)  # fmt: skip
DARK = Tokens(
    "#16191E", "#1E2229", "#12151A", "#333A45", "#2A3039", "#717C8B", "#E6E9EE", "#A3ADBB",
    "#5CC7B6", "#1D3B38", "#06221F", "#234743", "#E9FBF7", "#6FD39B", "#1C3A2A", "#EDC06A",
    "#40331A", "#F2938C", "#452321", "#8FB4F5", "#22324F",
    ("#5CC7B6", "#7FA6F3", "#EDC06A", "#CF98DC", "#77828F"),
)  # fmt: skip

THEMES = ("system", "light", "dark")
FALLBACKS = ("NotoSans", "NotoSansArabic", "NotoSansHebrew", "NotoSansDevanagari")
ROW_HEIGHT = 36
"""Pixels of a table row."""
TABULAR = QFont.Tag("tnum")
"""The feature of a font that gives figures, and signs with them, one width."""

_current = LIGHT
_choice = "system"


def tokens() -> Tokens:
    """The colours of the theme that is on."""
    return _current


def load_fonts() -> None:
    """Make the bundled fonts known, so that every name shows on a bare machine."""
    load_first_font()
    load_other_fonts()


def load_other_fonts() -> None:
    """The fonts of other scripts: nothing of the first paint is written in them."""
    # Qt lists each font that lacks a script before it comes to the one that has it.
    QLoggingCategory.setFilterRules("qt.text.font.db=false")
    for path in sorted(resources.path("fonts").glob("Noto*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def load_first_font() -> None:
    """The window's own font, with the others named behind it for when they are there."""
    for path in sorted(resources.path("fonts").glob("Inter*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    families = [
        "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari",
    ]  # fmt: skip
    # Also for a font that is made from the one name, as those of menus and lists are.
    QFont.insertSubstitutions("Inter", families)
    font = QFont("Inter", 10)
    font.setFamilies(["Inter", *families])
    font.setStyleHint(QFont.StyleHint.SansSerif)
    QApplication.setFont(font)


def table_font() -> QFont:
    """The body font with figures of one width, so that columns of numbers line up."""
    font = QApplication.font()
    font.setFeature(TABULAR, 1)
    return font


def apply(app: QApplication, choice: str = "system") -> None:
    """Show the app in a theme: "system", "light" or "dark"."""
    global _current, _choice  # noqa: PLW0603 - the one look of the one application
    _choice = choice
    _current = DARK if _is_dark(app, choice) else LIGHT
    app.setStyle("Fusion")
    app.setPalette(_palette(_current))
    app.setStyleSheet(_sheet(_current))


def follow_system(app: QApplication) -> None:
    """Change with the system's scheme, as long as the choice is "system"."""
    app.styleHints().colorSchemeChanged.connect(_on_scheme_changed)
    app.focusChanged.connect(_on_focus_changed)


def _on_focus_changed(left: QWidget | None, reached: QWidget | None) -> None:
    """Mark the widget that was reached by keyboard, so that only then a ring shows.

    Qt notes on the window that Tab or a shortcut led here; the note is taken off, as else it stays
    for ever. (A filter over all events would know, too, and makes every event twice as long.)
    """
    if left is not None:
        _show_ring(left, False)
    if reached is not None:
        note = Qt.WidgetAttribute.WA_KeyboardFocusChange
        window = reached.window()
        by_keyboard = window.testAttribute(note)
        window.setAttribute(note, False)
        _show_ring(reached, by_keyboard)


def _show_ring(widget: QWidget, shown: bool) -> None:
    if bool(widget.property("kbd")) != shown:
        widget.setProperty("kbd", shown)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _on_scheme_changed() -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication) and _choice == "system":
        apply(app, "system")


def _is_dark(app: QApplication, choice: str) -> bool:
    if choice == "system":
        return app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return choice == "dark"


def _palette(t: Tokens) -> QPalette:
    palette, role = QPalette(), QPalette.ColorRole
    for which, colour in (
        (role.Window, t.window), (role.WindowText, t.text), (role.Base, t.surface),
        (role.AlternateBase, t.sunken), (role.Text, t.text), (role.Button, t.surface),
        (role.ButtonText, t.text), (role.Highlight, t.selection),
        (role.HighlightedText, t.selection_text), (role.PlaceholderText, t.muted),
        (role.ToolTipBase, t.surface), (role.ToolTipText, t.text), (role.Link, t.accent),
        (role.Mid, t.border), (role.Midlight, t.line), (role.Accent, t.accent),
        (role.BrightText, t.bad),
    ):  # fmt: skip
        palette.setColor(which, QColor(colour))
    off = QPalette.ColorGroup.Disabled
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(off, which, QColor(t.field_border))
    return palette


def _sheet(t: Tokens) -> str:
    mode = "dark" if t is DARK else "light"
    sheet = SHEET
    for sign, name in (("@chevron", "chevron"), ("@tick", "check")):
        drawing = resources.path("icons", "tinted", f"{name}-{mode}.svg")
        sheet = sheet.replace(sign, drawing.as_posix())
    for field in sorted(fields(t), key=lambda f: -len(f.name)):
        value = getattr(t, field.name)
        if isinstance(value, str):
            sheet = sheet.replace(f"@{field.name}", value)
    return sheet

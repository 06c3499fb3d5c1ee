"""Fields of forms and cells; each has ``value()`` and ``set_value()``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, QStringListModel, Qt, Signal
from PySide6.QtGui import QAction, QColor, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QToolButton,
    QWidget,
)

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.typed_dates import typed_date
from revmentor_desktop.gui import theme
from revmentor_desktop.gui.icons import icon
from revmentor_desktop.i18n import _, format_date_short


class TextField(QLineEdit):
    """One line of text."""

    def value(self) -> str:
        """What was typed."""
        return self.text().strip()

    def set_value(self, value: Any) -> None:  # noqa: ANN401
        """Show a value."""
        self.setText("" if value is None else str(value))


class LongField(QPlainTextEdit):
    """A few lines of text; Tab leaves it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFixedHeight(76)

    def value(self) -> str:
        """What was typed."""
        return self.toPlainText().strip()

    def set_value(self, value: Any) -> None:  # noqa: ANN401
        """Show a value."""
        self.setPlainText(value or "")


class NumberField(QSpinBox):
    """A whole number."""

    def __init__(self, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(low, high)
        # The style sheet's padding does not reach the text inside a spin box.
        self.lineEdit().setTextMargins(10, 0, 10, 0)

    def set_value(self, value: Any) -> None:  # noqa: ANN401
        """Show a value."""
        self.setValue(int(value or 0))


class TickField(QCheckBox):
    """Yes or no."""

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: Any) -> None:  # noqa: ANN401
        """Show a value."""
        self.setChecked(bool(value))


class DateField(QLineEdit):
    """A date: typed in many ways ("today", "+7", "fri", "3 mar", "3/4"), or from a calendar.

    ``value()`` raises UserError where the text is no date.
    """

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.setPlaceholderText(_("e.g. today, +7, fri, 3 Mar"))
        pick = QAction(icon("calendar"), _("Calendar"), self)
        pick.setShortcut(Qt.Key.Key_F4)
        pick.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.addAction(pick, QLineEdit.ActionPosition.TrailingPosition)
        pick.triggered.connect(self.show_calendar)
        self.editingFinished.connect(self._on_left)

    def value(self) -> date | None:
        """The date; None where the field is blank."""
        return typed_date(self.text(), self._today)

    def set_value(self, value: Any) -> None:  # noqa: ANN401
        """Show a date."""
        self.setText(format_date_short(value) if isinstance(value, date) else str(value or ""))

    def show_calendar(self) -> None:
        """Open the calendar below the field."""
        calendar = QCalendarWidget(self)
        calendar.setWindowFlag(Qt.WindowType.Popup)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        _quieten(calendar)
        try:
            chosen = self.value() or self._today
        except UserError:
            chosen = self._today
        calendar.setSelectedDate(QDate(chosen.year, chosen.month, chosen.day))
        calendar.clicked.connect(self._on_picked)
        calendar.activated.connect(self._on_picked)
        calendar.activated.connect(calendar.close)
        calendar.clicked.connect(calendar.close)
        calendar.move(self.mapToGlobal(QPoint(0, self.height())))
        calendar.show()

    def _on_picked(self, day: QDate) -> None:
        self.set_value(date(day.year(), day.month(), day.day()))
        self.editingFinished.emit()

    def _on_left(self) -> None:
        try:
            self.set_value(self.value())
        except UserError:
            return


def _quieten(calendar: QCalendarWidget) -> None:
    """Week-ends muted instead of red, and arrows in the colours of the theme."""
    muted = QTextCharFormat()
    muted.setForeground(QColor(theme.tokens().muted))
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, muted)
    calendar.setHeaderTextFormat(muted)
    ahead = calendar.layoutDirection() == Qt.LayoutDirection.LeftToRight
    for name, words, picture in (
        ("qt_calendar_prevmonth", _("Month before"), "chevron-left" if ahead else "chevron-right"),
        ("qt_calendar_nextmonth", _("Month after"), "chevron-right" if ahead else "chevron-left"),
    ):
        arrow = calendar.findChild(QToolButton, name)
        if isinstance(arrow, QToolButton):
            arrow.setIcon(icon(picture))
            arrow.setAccessibleName(words)


class ChoiceField(QComboBox):
    """One of some choices, found by typing; ``strict`` refuses what is not among them."""

    def __init__(
        self,
        choices: Sequence[tuple[object, str]],
        strict: bool,
        blank: str | None = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._strict = strict
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # As wide as its form, not as its longest choice.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.set_choices(choices, blank)
        completer = QCompleter(self.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        self.currentIndexChanged.connect(self._show_beginning)

    def set_choices(self, choices: Sequence[tuple[object, str]], blank: str | None = "") -> None:
        """Offer other choices, with a blank one first unless it is None."""
        self.clear()
        if blank is not None:
            self.addItem(blank, None)
        for value, text in choices:
            self.addItem(text, value)

    def value(self) -> Any:  # noqa: ANN401
        """The chosen value; UserError where the text is none of the choices."""
        text, at = self.currentText().strip(), self.currentIndex()
        # The chosen one of two namesakes, not the first of them.
        if at < 0 or self.itemText(at).strip() != text:
            at = self.findText(text, Qt.MatchFlag.MatchFixedString)
        if at >= 0:
            return self.itemData(at) if self.itemData(at) is not None or not text else text
        if not text:
            return None
        if self._strict:
            raise UserError(_("“{text}” is not one of the choices.").format(text=text))
        return text

    def set_value(self, value: Any) -> None:  # noqa: ANN401
        """Show a value."""
        at = self.findData(value)
        if at >= 0:
            self.setCurrentIndex(at)
        else:
            self.setCurrentIndex(-1)
            self.setEditText(str(value or ""))

    def _show_beginning(self) -> None:
        """Of a long name what comes first."""
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)


class TokenField(QLineEdit):
    """Several words with commas between them, each completed from the choices."""

    committed = Signal()

    def __init__(
        self, choices: Sequence[tuple[object, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setPlaceholderText(_("Type, choose, and put commas between"))
        self._completer = QCompleter(QStringListModel([text for _v, text in choices], self), self)
        self._completer.setWidget(self)
        popup = self._completer.popup()
        assert popup is not None
        self._popup = popup
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.activated[str].connect(self._on_chosen)  # type: ignore[index]
        self.textEdited.connect(self._on_edited)
        self.installEventFilter(self)

    def value(self) -> tuple[str, ...]:
        """The words, none twice."""
        parts = (part.strip() for part in self.text().replace(";", ",").split(","))
        return tuple(dict.fromkeys(part for part in parts if part))

    def set_value(self, value: Any) -> None:  # noqa: ANN401
        """Show words."""
        self.setText(", ".join(value or ()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the list of completions chooses, and does not close a form."""
        if event.type() == QEvent.Type.KeyPress and self._popup.isVisible():
            key = event.key()  # type: ignore[attr-defined]
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                index = self._popup.currentIndex()
                if index.isValid():
                    self._on_chosen(str(index.data()))
                self._popup.hide()
                return True
        return super().eventFilter(watched, event)

    def _on_edited(self) -> None:
        started = self.text()[: self.cursorPosition()].rpartition(",")[2].strip()
        if not started:
            self._popup.hide()
            return
        self._completer.setCompletionPrefix(started)
        if self._completer.completionCount():
            self._completer.complete()

    def _on_chosen(self, word: str) -> None:
        before, comma, _started = self.text()[: self.cursorPosition()].rpartition(",")
        after = self.text()[self.cursorPosition() :].lstrip(" ,")
        lead = f"{before}{comma} " if comma else ""
        self.setText(f"{lead}{word}, {after}")
        self.setCursorPosition(len(lead) + len(word) + 2)


Field = TextField | LongField | NumberField | TickField | DateField | ChoiceField | TokenField

"""Text of a template as it is edited: fields tinted, bold shown bold, as high as its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from revmentor_desktop.domain.base import clean
from revmentor_desktop.domain.letter_fields import Field
from revmentor_desktop.domain.templates import MARKS
from revmentor_desktop.gui import theme

SIGN_ROOM = 24
"""Pixels before the text where each line of a list has its sign."""
_LETTER = QTextCursor.MoveMode.KeepAnchor


class WordEdit(QPlainTextEdit):
    """Some lines of a template. ``one_line``: Enter ends it; ``sign`` stands before each line.

    Signals:
        edited: the text was changed by hand.
        entered: it has the keyboard now.
        field_wanted: the list of fields was asked for.
        finished: Enter in a text of one line.
    """

    edited = Signal()
    entered = Signal()
    field_wanted = Signal()
    finished = Signal()

    def __init__(self, fields: Mapping[str, Field], one_line: bool = False, sign: str = "") -> None:
        super().__init__()
        self.setObjectName("words")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        # One order of undo for the whole document: the window keeps it.
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(2)
        self._one_line, self._known = one_line, ""
        self._colours = _Colours(self.document(), fields)
        self._signs = _Signs(self, sign) if sign else None
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self.textChanged.connect(self._on_text_changed)

    def lines(self) -> tuple[str, ...]:
        """The text as it may be stored, line by line.

        A non-breaking space stays one; with Qt's toPlainText it would not.
        """
        document = self.document()
        every = (document.findBlockByNumber(at).text() for at in range(document.blockCount()))
        return tuple(clean(line).replace("\u2028", " ").replace("\t", " ") for line in every)

    def set_lines(self, lines: Sequence[str]) -> None:
        """Show other text; the caret stays where it was, as far as that place is there."""
        text = "\n".join(lines)
        if text == self._known:
            return
        at = self.textCursor().position()
        self._known = text
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.setPosition(min(at, len(text)))
        self.setTextCursor(cursor)

    def mark(self, sign: str) -> None:
        """Put ``**`` or ``*`` around the selection, or take it away where it is there already."""
        cursor = self.textCursor()
        if cursor.selection().toPlainText().count("\n"):
            return
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        inner, length = cursor.selectedText(), end - start
        around = QTextCursor(self.document())
        around.setPosition(max(0, start - len(sign)))
        around.setPosition(min(end + len(sign), self.document().characterCount() - 1), _LETTER)
        text = around.selectedText()
        if _is_marked(text, sign) and len(text) == len(inner) + 2 * len(sign):
            start -= len(sign)
            around.insertText(inner)
        else:
            cursor.insertText(f"{sign}{inner}{sign}")
            start += len(sign)
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(start + length, _LETTER)
        self.setTextCursor(cursor)

    def insert_field(self, name: str) -> None:
        """Put a field where the caret is, in place of a field that is begun there."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        begun = before.rpartition("{{")[2] if "{{" in before else None
        if begun is not None and "}}" not in begun and not cursor.hasSelection():
            cursor.movePosition(QTextCursor.MoveOperation.Left, _LETTER, len(begun) + 2)
        cursor.insertText(f"{{{{{name}}}}}")
        self.setTextCursor(cursor)

    def _on_text_changed(self) -> None:
        # Colouring a line anew also comes here; only other text is an edit.
        text = "\n".join(self.lines())
        if text != self._known:
            self._known = text
            self.edited.emit()

    def _on_size_changed(self) -> None:
        self.updateGeometry()
        if self._signs is not None:
            self._signs.update()

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        rows = max(1, round(self.document().size().height()))
        margins = self.contentsMargins()
        room = rows * self.fontMetrics().lineSpacing() + 2 * self.document().documentMargin()
        return QSize(120, round(room) + margins.top() + margins.bottom() + 2)

    def minimumSizeHint(self) -> QSize:
        """Never lower than its lines."""
        return QSize(60, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            for standard in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo):
                if event.matches(standard):
                    event.ignore()
                    return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends a text of one line; Ctrl+B, Ctrl+I and Ctrl+Space."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._one_line:
            self.finished.emit()
        elif control and event.key() == Qt.Key.Key_Space:
            self.field_wanted.emit()
        elif control and event.key() == Qt.Key.Key_B:
            self.mark("**")
        elif control and event.key() == Qt.Key.Key_I:
            self.mark("*")
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Take in plain text only; a text of one line stays one."""
        text = source.text()
        self.insertPlainText(" ".join(text.splitlines()) if self._one_line else text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that it has the keyboard."""
        super().focusInEvent(event)
        self.entered.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew, and be as high as that needs."""
        super().resizeEvent(event)
        self.updateGeometry()
        if self._signs is not None:
            self._signs.place()

    def changeEvent(self, event: QEvent) -> None:
        """Tint anew in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_colours"):
            self._colours.rehighlight()


def _is_marked(text: str, sign: str) -> bool:
    """Whether a text stands between just these marks: "**" is not two of "*"."""
    if len(text) < 2 * len(sign) or not (text.startswith(sign) and text.endswith(sign)):
        return False
    return sign == "**" or not text.startswith("**")


class _Signs(QWidget):
    """The room before the lines of a list, with the sign of each."""

    def __init__(self, edit: QPlainTextEdit, sign: str) -> None:
        super().__init__(edit)
        self._edit, self._sign = edit, sign
        reverse = edit.layoutDirection() == Qt.LayoutDirection.RightToLeft
        room = (0, 0, SIGN_ROOM, 0) if reverse else (SIGN_ROOM, 0, 0, 0)
        edit.setViewportMargins(*room)
        edit.updateRequest.connect(self.update)

    def place(self) -> None:
        """Stand beside the text."""
        inner = self._edit.contentsRect()
        reverse = self._edit.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = inner.right() - SIGN_ROOM if reverse else inner.left()
        self.setGeometry(left, inner.top(), SIGN_ROOM, inner.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a sign at the first row of each line."""
        painter = QPainter(self)
        painter.setPen(QColor(theme.tokens().muted))
        painter.setFont(self._edit.font())
        block = self._edit.document().firstBlock()
        offset = self._edit.contentOffset()
        while block.isValid():
            top = self._edit.blockBoundingGeometry(block).translated(offset).top()
            rows = QRectF(0, top, self.width(), self._edit.fontMetrics().lineSpacing() + 1)
            painter.drawText(rows, Qt.AlignmentFlag.AlignCenter, self._sign)
            block = block.next()
        painter.end()


class _Colours(QSyntaxHighlighter):
    """Tints fields, shows bold and italic, and mutes the marks."""

    def __init__(self, document: QTextDocument, fields: Mapping[str, Field]) -> None:
        super().__init__(document)
        self._fields = fields

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Colour one line."""
        at, bold, italic = 0, False, False
        for part in MARKS.split(text):
            shown = QTextCharFormat()
            if part in ("**", "*"):
                bold, italic = bold ^ (part == "**"), italic ^ (part == "*")
                shown.setForeground(QColor(theme.tokens().field_border))
            elif part.startswith("{{") and part.endswith("}}"):
                shown = self._of_field(part[2:-2].strip())
            if bold:
                shown.setFontWeight(QFont.Weight.DemiBold)
            shown.setFontItalic(italic)
            # Qt counts UTF-16 units.
            length = len(part.encode("utf-16-le")) // 2
            self.setFormat(at, length, shown)
            at += length

    def _of_field(self, name: str) -> QTextCharFormat:
        tokens, shown = theme.tokens(), QTextCharFormat()
        if name in self._fields:
            shown.setForeground(QColor(tokens.accent))
            shown.setBackground(QColor(tokens.accent_soft))
        else:
            shown.setForeground(QColor(tokens.bad))
            shown.setUnderlineColor(QColor(tokens.bad))
            shown.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        return shown

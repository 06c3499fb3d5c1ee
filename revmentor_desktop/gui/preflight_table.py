"""What is the matter with the letters before they are written; each line leads to its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from revmentor_desktop.gui import theme
from revmentor_desktop.gui.chips import LEADING, paint_chip
from revmentor_desktop.gui.table.delegates import as_tool_tip
from revmentor_desktop.i18n import N_, _

DISPLAY = Qt.ItemDataRole.DisplayRole
ELIDE = Qt.TextElideMode.ElideRight
PADDING = 10
TITLES = (N_("For whom"), N_("Document"), N_("What is the matter"), N_("What it means"))
WHOM, DOCUMENT, TEXT, MEANING = range(4)
WIDTHS = {WHOM: 225, DOCUMENT: 150, MEANING: 142}
MEANINGS: Mapping[str, tuple[str, str]] = {
    "refused": (N_("Not printed"), "bad"),
    "undrawable": (N_("Not printed"), "bad"),
    "missing": (N_("Have a look"), "warn"),
    "address": (N_("Have a look"), "warn"),
    "baseline": (N_("Have a look"), "warn"),
    "undecided": (N_("Have a look"), "warn"),
    "unsigned": (N_("Have a look"), "warn"),
    "changed": (N_("Changed since"), "info"),
    "printed": (N_("Printed already"), "info"),
    "ready": (N_("Ready"), "ok"),
}
FORMS = {
    "organisation": "organisation",
    "programme": "edit_programme",
    "gathering": "gatherings",
    "templates": "templates",
}
"""The commands that open the forms where a finding is mended."""
NO_PARENT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Finding:
    """One line. ``what``: a key of MEANINGS; the ids lead to the record, or ``form`` to a form."""

    who: str
    document: str
    text: str
    what: str
    staff_id: int | None = None
    pair_id: int | None = None
    form: str = ""


class PreflightTable(QTableView):
    """Lists what is the matter; Enter or a double click asks for the record.

    Signals:
        record_opened: the finding whose person or pair is asked for.
    """

    record_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._findings = _Findings(self)
        self.setModel(self._findings)
        self.setItemDelegate(_Cell(self))
        self.setAccessibleName(_("What is the matter"))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in WIDTHS.items():
            header.resizeSection(column, width)
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self._on_opened)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """List these; the line that was chosen stays chosen where it is still there."""
        chosen = self.current()
        self._findings.fill(findings)
        self.clearSpans()
        for row, finding in enumerate(findings):
            if not finding.document:
                # What is about no single document leaves its room to the names.
                self.setSpan(row, WHOM, 1, DOCUMENT - WHOM + 1)
        if chosen is not None and chosen in findings:
            self.selectRow(list(findings).index(chosen))

    def current(self) -> Finding | None:
        """The finding that is chosen."""
        index = self.currentIndex()
        return self.finding_at(index.row()) if index.isValid() else None

    def finding_at(self, row: int) -> Finding:
        """The finding of a row."""
        return self._findings.rows[row]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the record."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
            self.record_opened.emit(self.current())
        else:
            super().keyPressEvent(event)

    def _on_opened(self, index: Index) -> None:
        self.record_opened.emit(self.finding_at(index.row()))


class _Findings(QAbstractTableModel):
    """One row for each finding."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: Sequence[Finding] = ()

    def fill(self, findings: Sequence[Finding]) -> None:
        self.beginResetModel()
        self.rows = tuple(findings)
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """None below a finding."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """For whom, which document, what, and what that means."""
        return len(TITLES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = DISPLAY
    ) -> str | None:
        """The titles of the columns."""
        across = orientation == Qt.Orientation.Horizontal
        return _(TITLES[section]) if across and role == DISPLAY else None

    def data(self, index: Index, role: int = DISPLAY) -> str | None:
        """The words of a cell."""
        if role != DISPLAY:
            return None
        finding = self.rows[index.row()]
        meaning, _kind = MEANINGS[finding.what]
        return (finding.who, finding.document, finding.text, _(meaning))[index.column()]


class _Cell(QStyledItemDelegate):
    """Words that are cut where the cell ends, or a chip: the colour is not all that tells."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, words or chip, and the line below."""
        view, colours = self.parent(), theme.tokens()
        assert isinstance(view, PreflightTable)
        rect = option.rect
        direction = option.direction
        chosen = view.selectionModel().isSelected(index)
        if chosen:
            painter.fillRect(rect, QColor(colours.selection))
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(PADDING, 0, -PADDING, 0)
        finding = view.finding_at(index.row())
        if index.column() == MEANING:
            text, kind = MEANINGS[finding.what]
            paint_chip(painter, inner, _(text), kind, view.font(), direction)
            return
        muted = colours.muted if index.column() == DOCUMENT else colours.text
        painter.setPen(QColor(colours.selection_text if chosen else muted))
        painter.setFont(view.font())
        words = view.fontMetrics().elidedText(index.data(DISPLAY), ELIDE, inner.width())
        painter.drawText(inner, QStyle.visualAlignment(direction, LEADING), words)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Show the whole text of a cell that is too narrow for it, never as markup."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        text = str(index.data(DISPLAY))
        room = option.rect.width() - 2 * PADDING
        fits = view.fontMetrics().horizontalAdvance(text) <= room
        QToolTip.showText(event.globalPos(), "" if fits else as_tool_tip(text), view)
        return True

"""Paints the proposed pairs: two lines of text, the stacked bar, a lock."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QAbstractItemModel, QEvent, QRect, QSize
from PySide6.QtGui import QColor, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from revmentor_desktop.gui import theme
from revmentor_desktop.gui.chips import paint_chip
from revmentor_desktop.gui.icons import icon
from revmentor_desktop.gui.review.bar import Bar, paint_bar
from revmentor_desktop.gui.review.painting import (
    PADDING,
    ROW,
    ink,
    paint_ground,
    paint_lines,
    paint_small,
    paint_two,
)
from revmentor_desktop.gui.review.proposal_model import Column, Index, ProposalModel
from revmentor_desktop.gui.table.delegates import as_tool_tip
from revmentor_desktop.i18n import _
from revmentor_desktop.services.alternatives import in_points
from revmentor_desktop.services.suggestions import Suggestion

_Painter = Callable[[QPainter, QStyleOptionViewItem, QRect, Suggestion], None]


class ProposalDelegate(QStyledItemDelegate):
    """One delegate for all columns of the proposal."""

    def __init__(self, model: ProposalModel, table: QWidget) -> None:
        super().__init__(table)
        self._model, self._table = model, table
        self.shows_figures = False
        self._painters: dict[Column, _Painter] = {
            Column.MENTOR: partial(self._paint_person, True),
            Column.MENTEE: partial(self._paint_person, False),
            Column.BAR: self._paint_bar,
            Column.REASON: self._paint_reason,
            Column.FIRM: self._paint_firm,
            Column.LOCK: _paint_lock,
        }

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell on its ground, with the line below."""
        line = self._model.pair_at(index.row())
        if line is None:
            return
        paint_ground(painter, option, bool(self._table.property("kbd")))
        column = Column(index.column())
        if column is Column.TICK:
            self._paint_tick(painter, option, index, line)
        else:
            inner = option.rect.adjusted(PADDING, 0, -PADDING, -1)
            self._painters[column](painter, option, inner, line)

    def _paint_tick(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, line: Suggestion
    ) -> None:
        if line.couple in self._model.fresh:
            edge = QRect(option.rect.left(), option.rect.top(), 3, option.rect.height() - 1)
            edge = QStyle.visualRect(option.direction, option.rect, edge)
            painter.fillRect(edge, QColor(theme.tokens().accent))
        plain = QStyleOptionViewItem(option)
        plain.state &= ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus)
        plain.rect = QStyle.visualRect(
            option.direction, option.rect, option.rect.adjusted(PADDING, 0, 0, 0)
        )
        super().paint(painter, plain, index)

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """A click anywhere in the cell ticks: the view sees to it."""
        return False

    def _paint_person(
        self, is_mentor: bool, painter: QPainter, option: QStyleOptionViewItem, inner: QRect,
        line: Suggestion,
    ) -> None:  # fmt: skip
        name, job = (line.mentor, line.mentor_job) if is_mentor else (line.mentee, line.mentee_job)
        paint_two(painter, option, inner, name, job)

    def _paint_bar(
        self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, line: Suggestion
    ) -> None:
        above = QRect(inner.left(), inner.top() + 10, inner.width(), 16)
        paint_bar(painter, above, Bar.of(line.parts), option.direction)
        below = QRect(inner.left(), inner.top() + 28, inner.width(), 18)
        said = _("{n} % known").format(n=line.known)
        if self.shows_figures:
            said = f"{in_points(line.score)}  ·  {said}"
        paint_small(painter, option, below, said)

    def _paint_reason(
        self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, line: Suggestion
    ) -> None:
        painter.setPen(QColor(ink(option)))
        said = line.reason
        if line.exceptions:
            said = _("Exception: {rules}. {reason}").format(
                rules="; ".join(line.exceptions), reason=said
            )
        paint_lines(painter, inner, said, 2, option.direction)

    def _paint_firm(
        self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, line: Suggestion
    ) -> None:
        words = self._model.firm_words(line)
        if words:
            solid = self._model.solid is not None and line.couple in self._model.solid
            kind = "ok" if solid else "warn"
            paint_chip(painter, inner, words, kind, option.font, option.direction)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows have one height."""
        return QSize(60, ROW)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:  # fmt: skip
        """The whole text of the cell, never as markup; what the key of a small one is."""
        line = self._model.pair_at(index.row()) if index.isValid() else None
        if event.type() != QEvent.Type.ToolTip or line is None:
            return super().helpEvent(event, view, option, index)
        column = Column(index.column())
        words = self._model.words(line, column)
        if column is Column.LOCK:
            words = _("Locked: stays whatever else changes (L)") if line.locked else _("Lock (L)")
        elif column is Column.TICK and line.couple in self._model.fresh:
            words = _("New since the last step")
        QToolTip.showText(event.globalPos(), as_tool_tip(words), view)
        return True


def _paint_lock(
    painter: QPainter, option: QStyleOptionViewItem, inner: QRect, line: Suggestion
) -> None:
    side = 16
    place = QRect(0, 0, side, side)
    place.moveCenter(inner.center())
    picture = icon("lock", "accent") if line.locked else icon("lock-open", "field_border")
    picture.paint(painter, place)

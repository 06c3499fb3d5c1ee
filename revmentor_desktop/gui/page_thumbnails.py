"""The pages of a PDF as a column of small pictures; only those in view are drawn."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from revmentor_desktop.gui import theme
from revmentor_desktop.gui.page_images import PageImages
from revmentor_desktop.i18n import _, format_number

PAPER = QSize(84, 118)
ITEM = QSize(112, 150)
DISPLAY, SPOKEN = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole
NO_PARENT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class Thumbnails(QListView):
    """Chooses a page.

    Signals:
        page_chosen: the page, counted from 0.
    """

    page_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.images: PageImages | None = None
        self._pages = _Pages(self)
        self.setModel(self._pages)
        self.setItemDelegate(_Thumbnail(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setObjectName("sunken")
        self.setAccessibleName(_("Pages"))
        self.setMinimumWidth(ITEM.width() + 20)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def set_images(self, images: PageImages) -> None:
        """Show the pages of another PDF."""
        self.images = images
        images.drawn.connect(self._on_drawn)
        self._pages.set_count(images.pages.count)
        self.scrollToTop()

    def show_page(self, at: int) -> None:
        """Mark a page, and bring it into view."""
        index = self._pages.index(at)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _on_current_changed(self, index: Index) -> None:
        if index.isValid():
            self.page_chosen.emit(index.row())

    def _on_drawn(self, at: int) -> None:
        self.update(self._pages.index(at))


class _Pages(QAbstractListModel):
    """Numbers of pages."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._count = 0

    def set_count(self, count: int) -> None:
        self.beginResetModel()
        self._count = count
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """None below a page."""
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = DISPLAY) -> str | None:
        """The page's number."""
        number = format_number(index.row() + 1)
        if role == DISPLAY:
            return number
        return _("Page {n}").format(n=number) if role == SPOKEN else None


class _Thumbnail(QStyledItemDelegate):
    """Draws a page with its number below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for all."""
        return ITEM

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The paper is white in every theme."""
        view = self.parent()
        assert isinstance(view, Thumbnails)
        colours = theme.tokens()
        cell: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paper = QRectF(cell.center().x() - PAPER.width() / 2, cell.top() + 6, *PAPER.toTuple())
        if view.images is not None and index.row() < view.images.pages.count:
            paper = _draw_paper(painter, paper, view.images, index.row(), view.devicePixelRatioF())
        painter.setPen(QColor(colours.accent if chosen else colours.border))
        painter.drawRect(paper.adjusted(-0.5, -0.5, 0.5, 0.5))
        if chosen:
            painter.drawRect(paper.adjusted(-1.5, -1.5, 1.5, 1.5))
        painter.setPen(QColor(colours.accent if chosen else colours.muted))
        words = cell.adjusted(0, PAPER.height() + 8, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, str(index.data(DISPLAY)))
        painter.restore()


def _draw_paper(
    painter: QPainter, room: QRectF, images: PageImages, at: int, ratio: float
) -> QRectF:
    """Draw a page in the middle of the room; returns where it is."""
    width, height = images.pages.sizes[at]
    scale = min(room.width() / width, room.height() / height)
    paper = QRectF(0, 0, round(width * scale), round(height * scale))
    paper.moveCenter(room.center())
    painter.fillRect(paper, Qt.GlobalColor.white)
    picture = images.picture(at, scale * ratio)
    if picture is not None:
        painter.drawPixmap(paper, picture, QRectF(picture.rect()))
    return paper

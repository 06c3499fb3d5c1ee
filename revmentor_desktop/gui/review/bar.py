"""What speaks for two people as a stacked bar: five kinds of reason, and what is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QStyle, QWidget

from revmentor_desktop.gui import theme
from revmentor_desktop.i18n import N_, _
from revmentor_desktop.services.suggestions import Part

HEIGHT = 9
ROUND = 3.5
SWATCH = 10

KINDS: Mapping[str, tuple[str, ...]] = {
    N_("Topics"): ("wanted", "gained"),
    N_("Perspective"): ("level", "years"),
    N_("New to each other"): ("department", "site", "met"),
    N_("Times and ways to meet"): ("times", "format", "language"),
    N_("Wishes"): ("wishes",),
}
"""The criteria by kind; a kind has the chart colour of its place here."""

KIND_OF = {name: at for at, names in enumerate(KINDS.values()) for name in names}


@dataclass(frozen=True, slots=True)
class Bar:
    """Shares (0..1) of all that counts: what each kind gives, and what is not known."""

    kinds: tuple[float, ...]
    unknown: float

    @classmethod
    def of(cls, parts: Sequence[Part]) -> Bar:
        """The bar of a score's parts; what lowers a score is said in words beside it."""
        shares = [0.0] * len(KINDS)
        for part in parts:
            if part.key in KIND_OF:
                shares[KIND_OF[part.key]] += part.points / 1000
        return cls(tuple(shares), sum(part.most for part in parts if not part.known) / 1000)

    @property
    def words(self) -> str:
        """The bar for those who do not see it."""
        said = [
            _("{kind} {n} %").format(kind=_(title), n=round(share * 100))
            for title, share in zip(KINDS, self.kinds, strict=True)
            if share >= 0.005
        ]
        if self.unknown >= 0.005:
            said.append(_("not known {n} %").format(n=round(self.unknown * 100)))
        return ", ".join(said)


def paint_bar(
    painter: QPainter,
    rect: QRect,
    bar: Bar,
    direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight,
) -> None:
    """Draw the bar across ``rect``: colours, then the bare ground, then what is not known."""
    t = theme.tokens()
    place = QRectF(rect.left(), rect.center().y() - HEIGHT / 2 + 0.5, rect.width(), HEIGHT)
    outline = QPainterPath()
    outline.addRoundedRect(place, ROUND, ROUND)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(outline, QColor(t.border))
    painter.setClipPath(outline)
    # A drawing that starts at the other edge is the same one mirrored.
    if direction == Qt.LayoutDirection.RightToLeft:
        painter.translate(2 * place.left() + place.width(), 0)
        painter.scale(-1, 1)
    left = place.left()
    for at, share in enumerate(bar.kinds):
        width = share * place.width()
        if width > 0:
            painter.fillRect(QRectF(left, place.top(), width, HEIGHT), QColor(t.charts[at]))
            left += width
            painter.fillRect(QRectF(left - 1, place.top(), 1, HEIGHT), QColor(t.surface))
    if bar.unknown > 0:
        width = min(bar.unknown * place.width(), place.right() - left)
        area = QRectF(place.right() - width, place.top(), width, HEIGHT)
        painter.fillRect(area, QColor(t.surface))
        painter.setClipping(False)
        painter.setPen(QColor(t.border))
        painter.drawPath(outline)
    painter.restore()


class BarView(QWidget):
    """A bar on a page."""

    def __init__(self, bar: Bar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = bar
        self.setFixedHeight(HEIGHT + 6)
        self.setAccessibleName(bar.words)

    def show_bar(self, bar: Bar) -> None:
        """Show another bar."""
        self.bar = bar
        self.setAccessibleName(bar.words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the colours of the theme that is on."""
        paint_bar(QPainter(self), self.rect(), self.bar, self.layoutDirection())

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(160, HEIGHT + 6)


class Swatch(QWidget):
    """The colour of a kind, as in the bar."""

    def __init__(self, kind: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.setFixedSize(SWATCH, SWATCH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the colours of the theme that is on."""
        paint_swatch(QPainter(self), self.rect(), self._kind)


class Legend(QWidget):
    """What the colours of the bar stand for; as many as there is room for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = [*((at, _(title)) for at, title in enumerate(KINDS)), (-1, _("not known"))]
        self.setAccessibleName(", ".join(text for _at, text in self._entries))
        self.setFixedHeight(24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw swatches and words in reading direction."""
        painter = QPainter(self)
        font = self.font()
        font.setPixelSize(12)
        metrics = QFontMetrics(font)
        left = 12
        for kind, text in self._entries:
            width = metrics.horizontalAdvance(text) + 2
            if left + SWATCH + 6 + width > self.width():
                break
            dot = QRect(left, self.rect().center().y() - SWATCH // 2 + 1, SWATCH, SWATCH)
            words = QRect(left + SWATCH + 6, 0, width, self.height())
            way = self.layoutDirection()
            paint_swatch(painter, QStyle.visualRect(way, self.rect(), dot), kind)
            painter.setFont(font)
            painter.setPen(QColor(theme.tokens().muted))
            middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            place = QStyle.visualRect(way, self.rect(), words)
            painter.drawText(place, QStyle.visualAlignment(way, middle), text)
            left += SWATCH + 6 + width + 16


def paint_swatch(painter: QPainter, rect: QRect, kind: int) -> None:
    """A small square in the colour of a kind; hollow for -1, what is not known."""
    t = theme.tokens()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen if kind >= 0 else QColor(t.field_border))
    painter.setBrush(QColor(t.charts[kind]) if kind >= 0 else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 2.5, 2.5)

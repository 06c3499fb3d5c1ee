"""How much each reason counts: a slider for each, at work while it moves, kept when it rests."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from revmentor_desktop.domain.matching.rules import CRITERIA, Rules
from revmentor_desktop.gui.review.bar import KIND_OF, Swatch
from revmentor_desktop.gui.widgets import label
from revmentor_desktop.i18n import _

MOST = 100
FIGURE = QSize(36, 20)
REST_MS = 500
"""A slider moved by keyboard or wheel is at rest after this long."""


class Weights(QWidget):
    """The sliders.

    Signals:
        moved: a weight (its name and 0..100) is being moved.
        rested: the weight that was moved is let go.
    """

    moved = Signal(str, int)
    rested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self.sliders: dict[str, QSlider] = {}
        self._figures: dict[str, QLabel] = {}
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        for name, title in CRITERIA.items():
            self._add(name, _(title))
        self._rest.timeout.connect(self.rested)

    def show_rules(self, rules: Rules) -> None:
        """Show the weights as they are, without telling anybody."""
        for name, slider in self.sliders.items():
            if not slider.isSliderDown():
                slider.blockSignals(True)
                slider.setValue(getattr(rules, f"weight_{name}"))
                slider.blockSignals(False)
                self._show_figure(name)

    @property
    def is_moving(self) -> bool:
        """Whether one is held or has just been moved."""
        return self._rest.isActive() or any(s.isSliderDown() for s in self.sliders.values())

    def finish(self) -> None:
        """What was moved a moment ago is at rest now."""
        if self._rest.isActive():
            self._rest.stop()
            self.rested.emit()

    def _add(self, name: str, title: str) -> None:
        row = self._grid.rowCount()
        words, figure = label(title, wrap=True), label("", "muted")
        figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # Of one size, or every step of a slider lays out the whole panel anew.
        figure.setFixedSize(FIGURE)
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, MOST)
        slider.setSingleStep(1)
        slider.setPageStep(10)
        slider.setAccessibleName(title)
        slider.setMinimumHeight(24)
        slider.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        slider.installEventFilter(self)
        words.setBuddy(slider)
        self._grid.addWidget(Swatch(KIND_OF[name]), row, 0)
        self._grid.addWidget(words, row, 1)
        self._grid.addWidget(figure, row, 2)
        self._grid.addWidget(slider, row + 1, 1, 1, 2)
        self.sliders[name], self._figures[name] = slider, figure
        slider.setProperty("criterion", name)
        slider.valueChanged.connect(self._on_value_changed)
        slider.sliderReleased.connect(self._on_released)

    def _on_value_changed(self, value: int) -> None:
        slider = self.sender()
        assert isinstance(slider, QSlider)
        name = str(slider.property("criterion"))
        self._show_figure(name)
        if not slider.isSliderDown():
            # First, for who hears of the move asks whether it is over.
            self._rest.start()
        self.moved.emit(name, value)

    def _on_released(self) -> None:
        self._rest.stop()
        self.rested.emit()

    def _show_figure(self, name: str) -> None:
        value = self.sliders[name].value()
        self._figures[name].setText(str(value) if value else _("off"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The wheel scrolls the panel; it moves a slider only where that has the keyboard."""
        if (
            event.type() == QEvent.Type.Wheel
            and isinstance(watched, QSlider)
            and not watched.hasFocus()
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

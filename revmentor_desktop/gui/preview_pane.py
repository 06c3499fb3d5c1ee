"""The preview: pages as they will be printed, their thumbnails, and how large they are shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from revmentor_desktop.documents.preview import PdfPages
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.page_images import PageImages
from revmentor_desktop.gui.page_thumbnails import Thumbnails
from revmentor_desktop.gui.page_view import Fit, PageView
from revmentor_desktop.gui.widgets import EmptyState, button, label
from revmentor_desktop.i18n import _, format_number

SIZES = (0.5, 0.75, 1.0, 1.5, 2.0)


class PreviewPane(QWidget):
    """Shows one PDF at a time, or why there is none; ``tools`` is the layout of its upper row,
    with room before the page number.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.images: PageImages | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.thumbnails, self.view = Thumbnails(), PageView()
        self._bar = QWidget()
        self.tools = QHBoxLayout(self._bar)
        self.tools.setContentsMargins(0, 0, 0, 0)
        self.tools.setSpacing(4)
        self.tools.addStretch()
        self._add_page_tools()
        self.tools.addSpacing(10)
        self._add_zoom_tools()
        layout.addWidget(self._bar)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("gap")
        self.splitter.setHandleWidth(9)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.thumbnails)
        self.splitter.addWidget(self.view)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([140, 700])
        self._empty = EmptyState("printer", _("Nothing to show"), "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.splitter)
        self._stack.addWidget(self._empty)
        layout.addWidget(self._stack, 1)
        self.view.page_changed.connect(self._on_page_changed)
        self.view.zoom_changed.connect(self._show_zoom)
        self.thumbnails.page_chosen.connect(self._on_page_chosen)
        self.zoom_box.activated.connect(self._on_zoom_chosen)
        self._add_keys()
        self._show_zoom()
        self._on_page_changed(0)

    def show_pdf(self, pages: PdfPages) -> None:
        """Show another PDF, and close it in the end; the size stays as it was chosen."""
        self.close_pdf()
        images = PageImages(self._context, pages, self)
        self.thumbnails.set_images(images)
        self.view.set_images(images)
        self.images = images
        self._stack.setCurrentWidget(self.splitter)
        self._bar.show()
        self._show_page_tools(True)

    @property
    def sentence(self) -> str:
        """Why nothing is shown, "" where pages are."""
        return self._empty.sentence if self._stack.currentWidget() is self._empty else ""

    def show_sentence(self, sentence: str, with_tools: bool) -> None:
        """Say why there are no pages; the tools stay where something else can be chosen."""
        self._empty.set_sentence(sentence)
        self._stack.setCurrentWidget(self._empty)
        self._bar.setVisible(with_tools)
        self._show_page_tools(False)

    def close_pdf(self) -> None:
        """Free the PDF that is shown; its pictures stay until another comes."""
        if self.images is not None:
            self.images.close()
            self.images.deleteLater()
            self.images = None

    def _add_page_tools(self) -> None:
        self._before = _arrow(_("Page before"), "chevron-up", partial(self._turn, -1))
        self._after = _arrow(_("Page after"), "chevron-down", partial(self._turn, 1))
        self.page_label = label("", "muted")
        self._page_tools: list[QWidget] = [self._before, self._after, self.page_label]
        for widget in self._page_tools:
            self.tools.addWidget(widget)

    def _show_page_tools(self, shown: bool) -> None:
        """Nothing is said about pages where there are none."""
        for tool in self._page_tools:
            tool.setVisible(shown)

    def _add_zoom_tools(self) -> None:
        self.zoom_box = QComboBox()
        self.zoom_box.setAccessibleName(_("Size of the pages"))
        self.zoom_box.addItem(_("Fit width"), Fit.WIDTH)
        self.zoom_box.addItem(_("Fit page"), Fit.PAGE)
        for size in SIZES:
            self.zoom_box.addItem(_("{n} %").format(n=round(size * 100)), size)
        smaller = _arrow(_("Smaller"), "minus", self.view.zoom_out)
        larger = _arrow(_("Larger"), "plus", self.view.zoom_in)
        for widget in (smaller, self.zoom_box, larger):
            self.tools.addWidget(widget)
            self._page_tools.append(widget)

    def _add_keys(self) -> None:
        for keys, act in (
            ("Ctrl++", self.view.zoom_in), ("Ctrl+=", self.view.zoom_in),
            ("Ctrl+-", self.view.zoom_out), ("Ctrl+0", partial(self.view.set_zoom, 1.0)),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(act)

    def _turn(self, step: int) -> None:
        self.view.show_page(self.view.page + step)

    def _on_page_changed(self, at: int) -> None:
        count = self.view.count
        self.page_label.setText(
            _("Page {n} of {all}").format(n=format_number(at + 1), all=format_number(count))
            if count
            else ""
        )
        self._before.setEnabled(at > 0)
        self._after.setEnabled(at + 1 < count)
        self.thumbnails.show_page(at)
        self.view.setAccessibleName(self.page_label.text() or _("Page"))
        if self.images is not None:
            self.view.setAccessibleDescription(self.images.pages.text(at))

    def _on_page_chosen(self, at: int) -> None:
        if at != self.view.page:
            self.view.show_page(at)

    def _on_zoom_chosen(self) -> None:
        self.view.set_zoom(self.zoom_box.currentData())

    def _show_zoom(self) -> None:
        """A size that is not in the list stands in the box all the same."""
        zoom = self.view.zoom
        at = self.zoom_box.findData(zoom)
        self.zoom_box.setPlaceholderText(_("{n} %").format(n=round(self.view.factor * 100)))
        self.zoom_box.setCurrentIndex(at)


def _arrow(name: str, picture: str, act: object) -> QPushButton:
    made = button("", act, picture, "flat")  # type: ignore[arg-type]
    made.setText("")
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setFixedWidth(32)
    return made

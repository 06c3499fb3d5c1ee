"""The preview: lazily drawn, any size, by keyboard, white in the dark."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from revmentor_desktop.documents.preview import PdfPages
from revmentor_desktop.gui import theme
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.page_view import Fit
from revmentor_desktop.gui.preview_pane import PreviewPane


def pdf(pages: int) -> PdfPages:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    for number in range(pages):
        canvas.drawString(72, 700, f"Page {number + 1}")
        canvas.showPage()
    canvas.save()
    return PdfPages(file.getvalue())


@pytest.fixture
def pane(context: Context, show: Callable[[QWidget], None]) -> Iterator[PreviewPane]:
    made = PreviewPane(context)
    made.resize(900, 640)
    show(made)
    yield made
    made.close_pdf()


def is_drawn(pane: PreviewPane, at: int) -> bool:
    assert pane.images is not None
    return pane.images.picture(at, 0.001) is not None


def test_only_what_is_seen_is_drawn(pane: PreviewPane, qtbot: QtBot) -> None:
    pane.show_pdf(pdf(300))
    qtbot.waitUntil(lambda: is_drawn(pane, 0))
    assert pane.page_label.text() == "Page 1 of 300"
    assert not is_drawn(pane, 150)
    pane.view.show_page(150)
    assert pane.page_label.text() == "Page 151 of 300"
    assert pane.thumbnails.currentIndex().row() == 150
    qtbot.waitUntil(lambda: is_drawn(pane, 150))
    assert not is_drawn(pane, 75)


def test_keys_go_through_the_pages(pane: PreviewPane, qtbot: QtBot) -> None:
    pane.show_pdf(pdf(12))
    view = pane.view
    view.set_zoom(Fit.PAGE)
    for key, page in (
        (Qt.Key.Key_PageDown, 1), (Qt.Key.Key_PageDown, 2), (Qt.Key.Key_PageUp, 1),
        (Qt.Key.Key_End, 11), (Qt.Key.Key_PageDown, 11), (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_PageUp, 0),
    ):  # fmt: skip
        qtbot.keyClick(view, key)
        assert view.page == page, key
    view.set_zoom(Fit.WIDTH)
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert view.verticalScrollBar().value() > 0


def test_a_thumbnail_brings_its_page(pane: PreviewPane) -> None:
    pane.show_pdf(pdf(12))
    pane.thumbnails.setCurrentIndex(pane.thumbnails.model().index(7, 0))
    assert pane.view.page == 7


def test_sizes(pane: PreviewPane, qtbot: QtBot) -> None:
    pane.show_pdf(pdf(3))
    view = pane.view
    view.set_zoom(1.0)
    inch = view.logicalDpiX()
    assert view.page_rect(0).width() == pytest.approx(595 / 72 * inch, abs=1)
    assert pane.zoom_box.currentText() == "100 %"
    view.set_zoom(Fit.WIDTH)
    assert view.page_rect(0).width() == pytest.approx(view.viewport().width() - 28, abs=1)
    view.set_zoom(Fit.PAGE)
    assert view.page_rect(0).height() == pytest.approx(view.viewport().height() - 28, abs=1)
    before = view.factor
    qtbot.keyClick(pane, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert view.factor > before
    assert pane.zoom_box.currentIndex() == -1
    assert pane.zoom_box.placeholderText() == f"{round(view.factor * 100)} %"
    qtbot.keyClick(pane, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert view.factor == pytest.approx(before)
    qtbot.keyClick(pane, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.factor == pytest.approx(1.0)


def test_the_wheel_with_ctrl_keeps_what_is_under_the_pointer(pane: PreviewPane) -> None:
    pane.show_pdf(pdf(20))
    view = pane.view
    view.set_zoom(1.0)
    view.show_page(9)
    at = QPointF(300, 200)
    before = view.page_rect(9)
    share = (at.y() - before.top()) / before.height()
    event = QWheelEvent(
        at, view.mapToGlobal(at), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)
    after = view.page_rect(9)
    assert view.factor == pytest.approx(1.44, abs=0.01)
    assert (at.y() - after.top()) / after.height() == pytest.approx(share, abs=0.12)


def test_paper_stays_white_in_the_dark(pane: PreviewPane, qtbot: QtBot, look: QApplication) -> None:
    theme.apply(look, "dark")
    pane.show_pdf(pdf(2))
    qtbot.waitUntil(lambda: is_drawn(pane, 0))
    picture = pane.view.viewport().grab().toImage()
    centre = pane.view.page_rect(0).center().toPoint()
    assert picture.pixelColor(centre) == QColor("white")
    assert picture.pixelColor(3, 3) == QColor(theme.DARK.sunken)


def test_the_screen_reader_hears_page_and_words(pane: PreviewPane) -> None:
    pane.show_pdf(pdf(4))
    pane.view.show_page(2)
    assert pane.view.accessibleName() == "Page 3 of 4"
    assert "Page 3" in pane.view.accessibleDescription()


def test_another_pdf_replaces_one_that_is_still_being_drawn(
    pane: PreviewPane, qtbot: QtBot
) -> None:
    for pages in (200, 3, 50):
        pane.show_pdf(pdf(pages))
    qtbot.waitUntil(lambda: is_drawn(pane, 0))
    assert pane.page_label.text() == "Page 1 of 50"

"""Each screen in light and dark, compared with the picture that was kept.

Make them anew after a change of the look: make pictures
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QThreadPool
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from revmentor_desktop.gui import theme
from revmentor_desktop.gui.main_window import TAB_NAMES, MainWindow

KEPT = Path(__file__).parents[1] / "files" / "pictures"
TOLERANCE = 0.002
"""The share of pixels that may differ: another FreeType draws edges a little differently."""
DIALOGS = ("add_person", "edit_programme", "log_session", "pair_by_hand", "propose_pairs",
           "export", "help")  # fmt: skip


def settle() -> None:
    for _turn in range(4):
        QThreadPool.globalInstance().waitForDone(5000)
        QApplication.processEvents()


def compare(widget: QWidget, name: str) -> None:
    for field in widget.findChildren(QLineEdit):
        field.clearFocus()  # a caret blinks
    settle()
    drawn = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    kept = KEPT / f"{name}.png"
    if os.environ.get("REVMENTOR_PICTURES") == "new":
        KEPT.mkdir(parents=True, exist_ok=True)
        drawn.save(str(kept))
        return
    expected = QImage(str(kept)).convertToFormat(QImage.Format.Format_RGB32)
    assert drawn.size() == expected.size(), f"{name}: another size"
    share = _difference(drawn, expected)
    assert share <= TOLERANCE, f"{name}: {share:.2%} of the pixels differ from {kept}"


def _difference(one: QImage, other: QImage) -> float:
    import numpy as np

    first, second = (
        np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1).astype(np.int16)
        for image in (one, other)
    )
    return float((np.abs(first - second) > 24).mean())


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("name", TAB_NAMES)
def test_each_tab(sample_window: MainWindow, look: QApplication, name: str, mode: str) -> None:
    theme.apply(look, mode)
    sample_window.show_tab(name)
    sample_window.setFocus(Qt.FocusReason.OtherFocusReason)
    compare(sample_window, f"{name}-{mode}")


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("name", DIALOGS)
def test_each_dialog(sample_window: MainWindow, look: QApplication, name: str, mode: str) -> None:
    theme.apply(look, mode)
    sample_window.run_command(name)
    settle()
    [dialog] = [one for one in sample_window.findChildren(QDialog) if one.isVisible()]
    dialog.move(QPoint(0, 0))
    compare(dialog, f"dialog-{name}-{mode}")
    dialog.close()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_welcome_page(window: MainWindow, look: QApplication, mode: str) -> None:
    window.resize(1280, 800)
    theme.apply(look, mode)
    window.show_welcome()
    compare(window, f"welcome-{mode}")

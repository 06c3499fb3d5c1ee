"""Pages that follow what is edited: only the newest request is shown."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from revmentor_desktop.domain.errors import Progress, UserError
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.live_pages import LivePages


def test_a_stale_page_never_takes_the_place_of_a_newer_one(
    context: Context, show: Callable[[QWidget], None], qtbot: QtBot
) -> None:
    released, ended = Event(), Event()

    def old(progress: Progress) -> bytes:
        released.wait(10)
        ended.set()
        raise UserError("Old.")

    def new(progress: Progress) -> bytes:
        raise UserError("New.")

    pages = LivePages(context)
    show(pages)
    pages.draw(old)
    pages.draw(new)
    qtbot.waitUntil(lambda: pages.note == "New.", timeout=5000)
    released.set()
    qtbot.waitUntil(ended.is_set, timeout=5000)
    qtbot.waitUntil(lambda: not context._tasks, timeout=5000)
    assert pages.note == "New."

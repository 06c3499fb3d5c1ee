"""What this computer remembers of the review: its size, how it is divided, what is unfolded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

if TYPE_CHECKING:
    from revmentor_desktop.gui.review.window import ReviewWindow

ROOMY = 1180
"""A window so wide shows the rules at first, pixels."""


def restore(window: ReviewWindow, settings: QSettings) -> None:
    """Show the window as it was left."""
    geometry = settings.value("review/geometry")
    if geometry is not None:
        window.restoreGeometry(geometry)
    for name, splitter in (("sides", window.body.sides), ("centre", window.body.centre)):
        state = settings.value(f"review/{name}")
        if state is not None:
            splitter.restoreState(state)
    default = "true" if window.width() >= ROOMY else "false"
    shown = str(settings.value("review/rules", default)) == "true"
    window.head.rules_button.setChecked(shown)
    window.rules.setVisible(shown)
    unfolded = str(settings.value("review/unfolded", ""))
    for at, section in enumerate(window.rules.sections):
        section.set_open(str(at) in unfolded)


def remember(window: ReviewWindow, settings: QSettings) -> None:
    """Keep how the window is left."""
    settings.setValue("review/geometry", window.saveGeometry())
    settings.setValue("review/sides", window.body.sides.saveState())
    settings.setValue("review/centre", window.body.centre.saveState())
    shown = window.head.rules_button.isChecked()
    settings.setValue("review/rules", "true" if shown else "false")
    unfolded = [str(at) for at, one in enumerate(window.rules.sections) if one.is_open]
    settings.setValue("review/unfolded", "".join(unfolded))

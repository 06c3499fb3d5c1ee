"""Two people in two columns, so that what they have in common is seen at a glance."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from revmentor_desktop.gui.widgets import label
from revmentor_desktop.services.profiles import Profile

LONGEST = 15
"""Letters of a word that fit into one column."""
SOFT_HYPHEN = "\u00ad"


def side_by_side(one: tuple[str, Profile], other: tuple[str, Profile]) -> QWidget:
    """Role words and profiles under what each row is about; what neither has is not shown."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(2)
    for at, (word, profile) in enumerate((one, other)):
        grid.setColumnStretch(at, 1)
        grid.addWidget(_narrow(word, "heading"), 0, at, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_narrow(profile.name, "cardTitle"), 1, at, Qt.AlignmentFlag.AlignTop)
    row = 2
    for (title, first), (_title, second) in zip(one[1].rows, other[1].rows, strict=True):
        if not first and not second:
            continue
        heading = label(title, "heading")
        heading.setContentsMargins(0, 8, 0, 0)
        grid.addWidget(heading, row, 0, 1, 2)
        for at, text in enumerate((first, second)):
            words = _narrow(text or "–", "" if text else "muted")
            grid.addWidget(words, row + 1, at, Qt.AlignmentFlag.AlignTop)
        row += 2
    return made


def breakable(text: str, longest: int = LONGEST) -> str:
    """The text with soft hyphens in words that are longer than a line has room for."""
    return re.sub(
        rf"\w{{{longest},}}",
        lambda word: SOFT_HYPHEN.join(re.findall(f".{{1,{longest - 3}}}", word.group())),
        text,
    )


def _narrow(text: str, name: str) -> QLabel:
    """A label that takes the width of its column, however long its words are."""
    made = label(breakable(text), name, wrap=True)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made

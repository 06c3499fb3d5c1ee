"""Finds what reads differently than when it was printed last."""

from __future__ import annotations

from datetime import date

from revmentor_desktop import i18n
from revmentor_desktop.domain.errors import Progress, no_progress
from revmentor_desktop.services import issued, letters
from revmentor_desktop.services.packs import Pack
from revmentor_desktop.store.workspace import Workspace


def changed(
    workspace: Workspace, programme_id: int, day: date, progress: Progress = no_progress
) -> tuple[Pack, int]:
    """The pack of all documents that say something else than when they were printed last, and how
    many they are (0: none; the pack then cannot be printed).
    """
    head = workspace.read(letters.letterhead)
    # In the language of the paper, or every date would differ.
    with i18n.language(head.language):
        found = workspace.read(issued.read_changed, programme_id, day, progress)
        if found is None:
            return Pack(programme_id, (), day, only="changed"), 0
        some = issued.chosen(found, progress)
    return found.pack, len({(one.kind, one.subject) for one in some if not one.refusal})

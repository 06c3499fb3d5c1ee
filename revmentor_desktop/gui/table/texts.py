"""The search text of every row, read once and kept until somebody writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from revmentor_desktop.domain.base import fold
from revmentor_desktop.domain.errors import Progress
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.task import Task
from revmentor_desktop.services.tables import TableSource
from revmentor_desktop.store.workspace import Workspace


class Texts(QObject):
    """The folded text of each id of a source, whatever filter is on.

    Signals:
        arrived: a worker has read the texts that were asked for meanwhile.
    """

    arrived = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._texts: dict[int, str] | None = None
        self._edited: set[int] = set()
        self._loading: Task | None = None

    def forget(self) -> None:
        """Somebody has written: what is kept is not to be trusted."""
        self._texts = None
        self._edited.clear()
        if self._loading is not None:
            self._loading.cancel()
            self._loading = None

    def forget_rows(self, ids: Iterable[int]) -> None:
        """These few rows were edited: their texts are read again before the next search."""
        self._edited.update(ids)

    def load_aside(self, source: TableSource[Any]) -> None:
        """Let a worker read them, before anybody types."""
        self._loading = self._context.start(
            _load, self._context.workspace, source, on_done=self._on_loaded
        )

    def of(self, source: TableSource[Any]) -> dict[int, str] | None:
        """The texts; None while a worker reads them, and then ``arrived`` tells."""
        if self._texts is None:
            if self._loading is not None:
                return None
            self._texts = _load(self._context.workspace, source)
        elif self._edited:
            rows = self._context.read(source.rows, list(self._edited))
            for id_, row in rows.items():
                self._texts[id_] = fold(" ".join(column.text(row) for column in source.columns))
        self._edited.clear()
        return self._texts

    def read_again(self, source: TableSource[Any], ids: Sequence[int]) -> dict[int, str]:
        """The texts of at least these ids: another writer was faster than its word of it."""
        self._texts = dict.fromkeys(ids, "") | _load(self._context.workspace, source)
        return self._texts

    def _on_loaded(self, texts: dict[int, str]) -> None:
        self._loading = None
        self._texts = texts
        self.arrived.emit()


def _load(
    workspace: Workspace, source: TableSource[Any], progress: Progress | None = None
) -> dict[int, str]:
    key = source.columns[0].key
    with workspace.reading() as session:
        ids = source.ids(session, key, False, {})
        if progress is not None:
            progress(0, 0)
        return dict(zip(ids, source.search_texts(session, key, False, {}), strict=True))

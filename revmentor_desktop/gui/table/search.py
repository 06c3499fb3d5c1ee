"""Search in memory: hits come a slice at a time, in the order of the ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

SLICE = 1024
FIRST_HITS = 200


class Search:
    """One search through ids in their order: the first hits at once, the rest when asked."""

    def __init__(self, words: str, ids: Sequence[int], texts: Mapping[int, str]) -> None:
        self.words = words
        # The longest word rules out most.
        self._words = sorted(words.split(), key=len, reverse=True)
        self._ids, self._texts = ids, texts
        self._at = 0
        self.hits: list[int] = []

    @property
    def is_complete(self) -> bool:
        """Whether every id has been looked at."""
        return self._at >= len(self._ids)

    def first(self) -> list[int]:
        """Look until there are enough hits for a screen."""
        while not self.is_complete and len(self.hits) < FIRST_HITS:
            self._look()
        return self.hits

    def rest(self) -> list[int]:
        """Look at all that is left; returns the further hits."""
        known = len(self.hits)
        while not self.is_complete:
            self._look()
        return self.hits[known:]

    def narrows(self, words: str) -> bool:
        """Whether the hits of other words are among these hits."""
        return self.is_complete and words.startswith(self.words)

    def _look(self) -> None:
        found = self._ids[self._at : self._at + SLICE]
        texts = self._texts
        for word in self._words:
            found = [id_ for id_ in found if word in texts[id_]]
        self.hits.extend(found)
        self._at += SLICE

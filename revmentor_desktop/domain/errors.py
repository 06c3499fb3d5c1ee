"""The three kinds of failure start here: what the user can mend, and what the user stopped."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called with (done, total) of a job's steps; raises Cancelled when the user has stopped it."""


class UserError(Exception):
    """One plain sentence for the user: what is wrong, where, and what to do. Shown as it stands."""


class Cancelled(Exception):  # noqa: N818 - nothing went wrong
    """The user stopped a job; nothing was kept."""


def no_progress(done: int, total: int) -> None:
    """The progress of a job that nobody watches."""

"""Makes the pages of a pack: a large one in a process of its own, so that the window stays alive.

Saving a tagged PDF of a thousand pages keeps Python to itself for seconds, thread or not.
"""

from __future__ import annotations

import io
import multiprocessing
import signal
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from revmentor_desktop.documents.pack import Entry, write_pack
from revmentor_desktop.domain.errors import Progress, UserError
from revmentor_desktop.i18n import _, current_language, language
from revmentor_desktop.services.letters import Letterhead

LARGE = 40
"""From so many documents on the second that a process takes to start is well spent."""
LOOK_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Press:
    """What is to be made of the entries of a pack."""

    entries: Sequence[Entry]
    head: Letterhead
    title: str
    duplex: bool = False
    tagged: bool = True

    def run(self, progress: Progress) -> tuple[bytes, list[int]]:
        """The PDF, and how many pages each entry has. Raises UserError like ``write_pack``."""
        documents = sum(len(entry.sheets) for entry in self.entries)
        return self.run_here(progress) if documents < LARGE else self.run_apart(progress)

    def run_here(self, progress: Progress) -> tuple[bytes, list[int]]:
        """Make the pages in this process."""
        file = io.BytesIO()
        counts = write_pack(
            file, self.entries, self.head, self.title, progress,
            duplex=self.duplex, tagged=self.tagged,
        )  # fmt: skip
        return file.getvalue(), counts

    def run_apart(self, progress: Progress) -> tuple[bytes, list[int]]:
        """Make the same pages in another process, which a cancel ends at once."""
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe(duplex=False)
        process = spawn.Process(target=_serve, args=(theirs, self, current_language()), daemon=True)
        process.start()
        theirs.close()
        try:
            return _followed(ours, progress, len(self.entries))
        except (EOFError, OSError):
            raise UserError(
                _("The pages could not be made; the memory may be full. Print fewer at once.")
            ) from None
        finally:
            process.kill()
            process.join()
            process.close()
            ours.close()


def _followed(pipe: Connection, progress: Progress, total: int) -> tuple[bytes, list[int]]:
    """Hand on how far the other process is, until it sends the pages or why there are none."""
    done = (0, total)
    while True:
        progress(*done)
        if not pipe.poll(LOOK_SECONDS):
            continue
        what, value = pipe.recv()
        if what == "progress":
            done = value
        elif what == "fault":
            raise value
        else:
            pages: tuple[bytes, list[int]] = value
            return pages


def _serve(pipe: Connection, work: Press, code: str) -> None:
    with suppress(OSError, ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program
    told = (-1, -1)

    def tell(done: int, total: int) -> None:
        nonlocal told
        if told != (done, total):
            told = (done, total)
            pipe.send(("progress", told))

    with language(code):
        answer = _answer(work, tell)
    # The program may have gone meanwhile.
    with suppress(OSError):
        pipe.send(answer)


def _answer(work: Press, progress: Progress) -> tuple[str, Any]:
    try:
        return "pages", work.run_here(progress)
    except UserError as refusal:
        return "fault", refusal
    except BrokenPipeError:
        raise SystemExit from None  # nobody waits for the pages any more
    except Exception as fault:  # noqa: BLE001 - our bug; its text may hold what is in the file
        return "fault", RuntimeError(type(fault).__name__)

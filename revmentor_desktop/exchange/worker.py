"""Reads other people's files in a process of its own, with a limit on time and memory."""

from __future__ import annotations

import atexit
import multiprocessing
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, TypeVar

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import _

T = TypeVar("T")
MOST_MEMORY = 2 * 2**30
SECONDS = 30.0

_process: SpawnProcess | None = None
_pipe: Connection | None = None
_one_at_a_time = threading.Lock()


def run_untrusted(function: Callable[..., T], *args: Any, seconds: float = SECONDS) -> T:  # noqa: ANN401
    """Call a function of a module in the worker; UserErrors come back as they are.

    A worker that takes too long or dies is ended, and the file is refused in one sentence.
    """
    with _one_at_a_time:
        fine, value = _answer(function, args, seconds)
    if not fine:
        raise value
    result: T = value
    return result


def _answer(
    function: Callable[..., T], args: tuple[object, ...], seconds: float
) -> tuple[bool, Any]:
    pipe = _started()
    try:
        pipe.send((function, args))
        if not pipe.poll(seconds):
            stop()
            raise UserError(
                _(
                    "This file takes too long to read, so it was given up. Save just the "
                    "staff list as a file of its own."
                )
            )
        answer: tuple[bool, Any] = pipe.recv()
    except (EOFError, OSError):
        stop()
        raise UserError(_("This file could not be read: it is damaged or far too large.")) from None
    return answer


def _started() -> Connection:
    global _process, _pipe  # noqa: PLW0603 - one worker for the program
    if _process is None or not _process.is_alive() or _pipe is None:
        spawn = multiprocessing.get_context("spawn")
        _pipe, theirs = spawn.Pipe()
        _process = spawn.Process(target=_serve, args=(theirs,), daemon=True)
        _process.start()
        theirs.close()
        atexit.register(stop)
    return _pipe


def stop() -> None:
    """End the worker, if there is one."""
    global _process, _pipe  # noqa: PLW0603
    if _process is not None:
        _process.kill()
        _process.join(2)
    if _pipe is not None:
        _pipe.close()
    _process = _pipe = None


def _serve(pipe: Connection) -> None:
    if sys.platform != "win32":
        import resource

        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    while True:
        try:
            function, args = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            pipe.send((True, function(*args)))
        except UserError as refusal:
            pipe.send((False, refusal))
        except MemoryError:
            pipe.send((False, UserError(_("This file is too large to be read."))))
        except Exception as fault:  # noqa: BLE001 - our bug, told by its kind where it can be told
            pipe.send((False, RuntimeError(type(fault).__name__)))

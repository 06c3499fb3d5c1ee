"""Reads other people's files in a process of its own, with a limit on time and memory."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, TypeVar

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.i18n import N_, _, current_language, language

T = TypeVar("T")
MOST_MEMORY = 2 * 2**30
SECONDS = 30.0
GAVE_UP = N_(
    "This file could not be read: it is damaged or far too large, or a cell stands far away from "
    "the list. Copy just the list into a new file."
)

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
        pipe.send((function, args, current_language()))
        if not pipe.poll(seconds):
            stop()
            raise UserError(
                _(
                    "This file takes too long to read, so it was given up. Save just what is "
                    "needed as a file of its own."
                )
            )
        answer: tuple[bool, Any] = pipe.recv()
    except (EOFError, OSError):
        stop()
        raise UserError(_(GAVE_UP)) from None
    return answer


def _started() -> Connection:
    global _process, _pipe  # noqa: PLW0603 - one worker for the program
    if _process is None or not _process.is_alive() or _pipe is None:
        spawn = multiprocessing.get_context("spawn")
        _pipe, theirs = spawn.Pipe()
        _process = spawn.Process(target=_serve, args=(theirs,), daemon=True)
        _process.start()
        theirs.close()
    return _pipe


@atexit.register
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
    _restrain()
    while True:
        try:
            function, args, code = pipe.recv()
        except (EOFError, OSError):
            return
        with language(code):
            answer = _called(function, args)
        pipe.send(answer)


def _called(function: Callable[..., object], args: tuple[object, ...]) -> tuple[bool, object]:
    try:
        return True, function(*args)
    except UserError as refusal:
        return False, refusal
    except MemoryError:
        return False, UserError(_("This file is too large to be read."))
    except Exception as fault:  # noqa: BLE001 - our bug; its text may hold what is in the file
        return False, RuntimeError(type(fault).__name__)
    except BaseException as fault:  # noqa: BLE001 - a reader written in Rust that gave up
        if isinstance(fault, SystemExit | KeyboardInterrupt):
            raise
        return False, UserError(_(GAVE_UP))


def _restrain() -> None:
    """Limit the memory where the system can, and keep the worker's dying words to itself."""
    with suppress(OSError, ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
    if sys.platform != "win32":
        import resource

        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

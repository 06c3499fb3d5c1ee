"""A large pack is made in a process of its own: the same bytes, progress, and an end at once."""

from __future__ import annotations

import multiprocessing
import time
from dataclasses import replace
from multiprocessing.process import BaseProcess

import pytest

from revmentor_desktop.documents.pack import Entry
from revmentor_desktop.domain.errors import Cancelled, UserError
from revmentor_desktop.domain.templates import Value
from revmentor_desktop.jobs import press
from revmentor_desktop.jobs.press import Press
from tests.documents import papers


def work(count: int, values: dict[str, Value] | None = None) -> Press:
    sheets = papers.entry([{"text": "{{mentor.name}}"}], values or papers.values()).sheets
    entries = [Entry(f"P{at:03d}", f"P{at:03d}", sheets) for at in range(1, count + 1)]
    return Press(entries, papers.head(), "A pack")


def children() -> set[BaseProcess]:
    """Also the worker that reads lists, where an earlier test has needed it."""
    return set(multiprocessing.active_children())


def test_a_large_pack_is_made_apart_and_has_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    before = children()
    made = work(press.LARGE)
    here = made.run_here(lambda _done, _total: None)
    monkeypatch.setattr(Press, "run_here", None)
    seen: list[tuple[int, int]] = []
    apart = made.run(lambda done, total: seen.append((done, total)))
    assert apart == here
    assert apart[1] == [1] * press.LARGE
    assert seen == sorted(seen)
    assert len({done for done, _total in seen}) > 3, "it tells how far it is"
    assert children() <= before


def test_a_cancel_ends_the_process_at_once() -> None:
    before = children()
    made = work(400)
    at: list[float] = []

    def stop(done: int, _total: int) -> None:
        if done >= 3:
            at.append(time.monotonic())
            raise Cancelled

    with pytest.raises(Cancelled):
        made.run(stop)
    assert time.monotonic() - at[0] < 0.5
    assert children() <= before


def test_a_refusal_comes_back_as_it_is() -> None:
    with pytest.raises(UserError, match="P001: “李小龙” has characters"):
        work(press.LARGE, papers.values(mentor__name="李小龙")).run(lambda _done, _total: None)


def test_our_own_faults_come_back_without_what_is_in_the_file() -> None:
    made = work(press.LARGE, papers.values(mentor__name="Secret Name"))
    broken = replace(made, head=replace(papers.head(), logo=b"Secret Name"))
    with pytest.raises(RuntimeError) as caught:
        broken.run(lambda _done, _total: None)
    assert "Secret" not in str(caught.value)


def test_a_process_that_dies_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    killed: list[object] = []
    before = children()

    def kill(_done: int, _total: int) -> None:
        for child in children() - before:
            child.kill()
            killed.append(child)

    with pytest.raises(UserError, match="Print fewer at once"):
        work(press.LARGE).run(kill)
    assert killed

"""The matching engine, as ratios of one run: against bare scipy, plain Python and other programs.

Run: python tests/benchmarks/matching.py [PEOPLE ...]      (200 500 1000 2000 unless said otherwise)

Seconds are of the processor, medians of five, taken in turns, so that a busy machine slows both
sides of a ratio. Three made-up programmes: dense, about 88 % forbidden, and mentors of 1-3 places.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage

import numpy as np
from scipy.optimize import linear_sum_assignment

from revmentor_desktop.domain.matching import edits, revise, robustness, scores
from revmentor_desktop.domain.matching.counts import choices
from revmentor_desktop.domain.matching.grid import Grid, make_grid
from revmentor_desktop.domain.matching.lsa import _sparse
from revmentor_desktop.domain.matching.mask import mask
from revmentor_desktop.domain.matching.options import options
from revmentor_desktop.domain.matching.people import Person, Pool
from revmentor_desktop.domain.matching.propose import Proposal, propose, solve_again
from revmentor_desktop.domain.matching.rules import Rules
from revmentor_desktop.domain.matching.scores import level_scores
from revmentor_desktop.domain.matching.solve import columns_by_place, lexicographic, solve

KINDS = ("dense", "88 % forbidden", "places 1-3")
HALF_DAYS = ("mon am", "mon pm", "tue am", "tue pm", "wed am", "wed pm", "thu am", "thu pm")
PATIENCE = 120
"""Seconds that another program may take to be fetched."""
RIVALS = Path(__file__).with_name("rivals.py")


def main(sizes: list[int]) -> None:
    measure_memory(max(sizes))
    for people in sizes:
        for kind in KINDS:
            measure_whole(people, kind)
    for people in [size for size in sizes if size >= 1000] or sizes[-1:]:
        measure_edits(people)
    print()
    for kind in KINDS:
        measure_live(sizes[0], kind)
    measure_scores(200)
    measure_mentor_match(200)
    measure_solvers([size for size in sizes if size >= 1000])


def programme(people: int, kind: str, seed: int = 1) -> tuple[Pool, Rules]:
    """As many mentees, and as many mentors or places, of whom most things are known."""
    chance = Random(seed)

    def person(id_: int, levels: tuple[int, ...], places: int = 1) -> Person:
        department = chance.randrange(20)
        return Person(
            id=id_,
            key=f"n:{id_}",
            level=chance.choice(levels),
            department=f"d{department}",
            team=f"d{department} t{chance.randrange(6)}",
            site=f"s{chance.randrange(5)}",
            start=chance.randrange(700_000, 740_000),
            languages=frozenset(chance.sample(("en", "de", "fr", "tr"), chance.choice((1, 1, 2)))),
            formats=frozenset(chance.sample(("online", "in person"), chance.choice((1, 2)))),
            times=frozenset(chance.sample(HALF_DAYS, chance.randint(0, 5))),
            offers={chance.randrange(60): chance.randint(1, 4) for _n in range(5)},
            wants={chance.randrange(60): chance.randint(1, 4) for _n in range(5)},
            places=places,
        )

    if kind == "dense":
        rules = Rules(shared_language=False, shared_format=False)
        mentees = [person(n, (4, 5, 6)) for n in range(people)]
        mentors = [person(people + n, (1, 2, 3)) for n in range(people)]
    else:
        rules = Rules(level_gap=2)
        few = kind == "places 1-3"
        mentees = [person(n, (2, 3, 4, 5)) for n in range(people)]
        mentors = [
            person(people + n, (1, 2, 3, 4), chance.randint(1, 3) if few else 1)
            for n in range(people // 2 if few else people)
        ]
    return Pool(mentees, mentors), rules


def measure_memory(people: int) -> None:
    """First of all, while nothing has been freed that could be used again."""
    pool, rules = programme(people, "dense")
    before = getrusage(RUSAGE_SELF).ru_maxrss
    propose(pool, rules)
    grown = (getrusage(RUSAGE_SELF).ru_maxrss - before) * 1024
    print(f"memory at {people:,} people: {grown / people**2:.0f} bytes a cell at its peak (<= 48)")


def places_of(grid: Grid) -> list[int]:
    return [person.places for person in grid.pool.mentors]


def weights_of(grid: Grid) -> np.ndarray:
    columns = columns_by_place(places_of(grid), len(grid.total))
    return lexicographic(grid.total[:, columns], grid.allowed[:, columns])[0]


def from_arrays(grid: Grid, guard_floor: bool) -> None:
    """Rules, scores, solve, duals and reasons, of people who are arrays already."""
    pool, rules, cells = grid.pool, replace(grid.rules, guard_floor=guard_floor), grid.cells
    breaches = mask(pool, rules, cells)
    total = scores.total(pool, rules, cells, breaches)
    anew = Grid(pool, rules, cells, breaches.T, total.T)
    found = solve(anew.total, anew.allowed, places_of(anew), guard_floor, anew.codes)
    rows = np.flatnonzero(found.mates >= 0)
    chosen = replace(cells, rows=rows, columns=found.columns[found.mates[rows]])
    scores.explain(pool, rules, chosen, anew.broken[chosen.rows, chosen.columns])


def measure_whole(people: int, kind: str) -> None:
    pool, rules = programme(people, kind)
    grid = make_grid(pool, rules)
    weights = np.ascontiguousarray(weights_of(grid), np.float64)
    turned = np.ascontiguousarray(weights.T)
    taken = in_turns(
        {
            "bare": lambda: linear_sum_assignment(weights, maximize=True),
            "turned": lambda: linear_sum_assignment(turned, maximize=True),
            "without floor": lambda: from_arrays(grid, False),
            "with floor": lambda: from_arrays(grid, True),
            "people to words": lambda: propose(pool, rules),
        }
    )
    bare = taken["bare"]
    limit = "<= 4" if people <= 200 else "<= 1.75"
    print(f"\n{people:,} people, {kind}; {grid.allowed.mean():.0%} allowed")
    say("bare scipy, mentees x mentors", bare)
    say("bare scipy, mentors x mentees", taken["turned"], bare)
    say("rules + scores + solve + duals + reasons", taken["without floor"], bare, limit)
    say("  the same to the faster of the two", taken["without floor"], min(bare, taken["turned"]))
    say("  with the guard floor", taken["with floor"], bare)
    say("  from people to words, ties settled", taken["people to words"], bare)
    proposal = propose(pool, rules)
    lost = robustness.floor_cost(proposal)
    share = lost.points * rules.everything / max(1, proposal.total)
    print(f"  the guard floor lifts {lost.without} to {lost.lowest}, costs {share:.2%} (<= 1.5 %)")


def measure_edits(people: int) -> None:
    pool, rules = programme(people, "88 % forbidden")
    proposal = propose(pool, replace(rules, guard_floor=False))
    grid, found = proposal.grid, proposal.rounds[0].solution
    cells = found.cells
    row, column = cells[len(cells) // 2]
    choice = edits.alternatives(found, grid.total[row], row)
    place = int(np.argsort(choice.regret)[1])
    taken = in_turns(
        {
            "solve": lambda: solve(grid.total, grid.allowed, places_of(grid), False, grid.codes),
            "forbid": lambda: edits.forbid(found, row, column),
            "lock": lambda: edits.lock(
                found,
                edits.alternatives(found, grid.total[row], row, place),
                place,
                int(grid.total[row, found.columns[place]]),
            ),
            "withdraw": lambda: edits.withdraw_row(found, row),
            "add a place": lambda: edits.add_place(found, column),
            "all alternatives of one person": lambda: edits.alternatives(
                found, grid.total[row], row
            ),
            "rule out, to words, ties settled": lambda: revise.ruled_out(
                proposal, grid.pool.mentees[row].id, grid.pool.mentors[column].id
            ),
            "new proposal of the same grid": lambda: solve_again(grid),
        }
    )
    print(f"\n{people:,} people, 88 % forbidden: one change against a full solve")
    for name, seconds in taken.items():
        limit = "<= 0.15" if "alternatives" in name else "<= 0.10" if " " not in name else ""
        say(name, seconds, taken["solve"], "" if name == "solve" else limit)


def measure_live(people: int, kind: str) -> None:
    """What the window asks while she works."""
    pool, rules = programme(people, kind)
    proposal = propose(pool, rules)
    mentee, mentor = proposal.pairs[0].mentee, proposal.pairs[0].mentor
    moves = iter(range(1, 100))
    taken = in_turns(
        {
            "a weight is moved": lambda: revise.with_rules(
                proposal, replace(proposal.grid.rules, weight_site=next(moves))
            ),
            "counts of all rules": lambda: choices(proposal.grid),
            "options of one mentee": lambda: options(proposal, mentee),
            "options of one mentor": lambda: options(proposal, mentor, is_mentor=True),
            "solid pairs": lambda: robustness.solid_pairs(proposal),
        }
    )
    told = ", ".join(f"{name} {seconds * 1000:.1f} ms" for name, seconds in taken.items())
    print(f"in the window, {people:,} people, {kind}: {told}")


def measure_scores(people: int) -> None:
    pool, rules = programme(people, "dense")
    grid = make_grid(pool, replace(rules, weight_met=0))
    start = time.process_time()
    plain = np.array([[plain_score(a, b, rules) for b in grid.pool.mentors]
                      for a in grid.pool.mentees])  # fmt: skip
    naive = time.process_time() - start
    taken = median(lambda: scores.total(grid.pool, grid.rules, grid.cells, grid.breaches.T))
    print(
        f"\nscores of {people} x {people}, equal to the loop: {bool((plain == grid.total).all())}"
    )
    say("plain Python loop", naive)
    print(f"arrays: {taken * 1000:.1f} ms, {naive / taken:.0f}x faster (>= 30)")


def plain_score(mentee: Person, mentor: Person, rules: Rules) -> int:
    """The score of two people as one would write it down first."""
    apart = max(0, (mentee.level or 0) - (mentor.level or 0))
    table = LEVELS.setdefault(rules.best_distance, level_scores(rules.best_distance).tolist())
    parts = {
        "wanted": plain_topics(mentee.wants, mentor.offers),
        "gained": plain_topics(mentor.wants, mentee.offers),
        "level": table[min(apart, len(table) - 1)],
        "department": 1000 * (mentee.department != mentor.department),
        "site": 1000 * (mentee.site != mentor.site),
        "times": min(1000, 500 * len(mentee.times & mentor.times)),
    }
    return sum(parts[name] * weight for name, weight in rules.weights.items() if name in parts)


LEVELS: dict[int, list[int]] = {}


def plain_topics(wants: Mapping[int, int], offers: Mapping[int, int]) -> int:
    most = 4 * sum(sorted(wants.values(), reverse=True)[:3])
    met = sum(priority * offers.get(topic, 0) for topic, priority in wants.items())
    return min(met, most) * 1000 // max(1, most)


def measure_mentor_match(people: int) -> None:
    print()
    with tempfile.TemporaryDirectory() as folder:
        python = environment(Path(folder) / "its own", "mentor-match==7.0.1", "numpy")
        for kind in KINDS[:2] if python else ():
            pool, rules = programme(people, kind)
            proposal = propose(pool, rules)
            ours = median(partial(propose, pool, rules))
            told = asked(python, "mentor-match", proposal, Path(folder))
            print(
                f"mentor-match 7.0.1, {people} people, {kind}: {told['seconds'] * 1000:.0f} ms, "
                f"{told['people']} matched; ours {ours * 1000:.1f} ms, "
                f"{len(proposal.pairs)} matched, {told['seconds'] / ours:.0f}x faster (>= 100)"
            )


def measure_solvers(sizes: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        python = environment(Path(folder) / "its own", "lapx", "scipy")
        for people in sizes if python else ():
            for kind in KINDS[:2]:
                proposal = propose(*programme(people, kind))
                told = asked(python, "lapx", proposal, Path(folder))
                weights = np.asfortranarray(weights_of(proposal.grid))
                sparse = median(partial(_sparse, weights.T)) / told["scipy"]
                print(
                    f"{people:,} people, {kind}: scipy {told['scipy'] * 1000:.0f} ms, lapx "
                    f"{told['lapx'] / told['scipy']:.2f}x (equal: {told['equal']}), csgraph "
                    f"{sparse:.2f}x"
                )


def environment(place: Path, *packages: str) -> str:
    """The Python of a new environment with these packages; "" where they cannot be had."""
    venv.create(place, with_pip=True)
    python = str(place / ("Scripts" if os.name == "nt" else "bin") / "python")
    install = [python, "-m", "pip", "install", "-q", *packages]
    try:
        subprocess.run(install, capture_output=True, check=True, timeout=PATIENCE)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        print(f"{packages[0]} cannot be had here: not compared")
        return ""
    return python


def asked(python: str, name: str, proposal: Proposal, folder: Path) -> dict[str, float]:
    grid = proposal.grid
    np.savez(folder / "given.npz", scores=grid.total, allowed=grid.allowed)
    command = [python, "-P", str(RIVALS), name, str(folder / "given.npz")]
    answer: dict[str, float] = json.loads(subprocess.check_output(command, text=True))
    return answer


def in_turns(actions: Mapping[str, Callable[[], object]], turns: int = 5) -> dict[str, float]:
    """The median of each, all of them once in each turn."""
    taken: dict[str, list[float]] = {name: [] for name in actions}
    for _turn in range(turns):
        for name, action in actions.items():
            start = time.process_time()
            action()
            taken[name].append(time.process_time() - start)
    return {name: statistics.median(each) for name, each in taken.items()}


def median(action: Callable[[], object]) -> float:
    return in_turns({"": action})[""]


def say(what: str, seconds: float, against: float | None = None, limit: str = "") -> None:
    ratio = f"{seconds / against:6.2f}x" if against else " " * 7
    print(f"{what:<46} {seconds * 1000:9.1f} ms {ratio}  {limit}", flush=True)


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [200, 500, 1000, 2000])

"""Other people's solvers on our scores: run by the Python of an environment that has them.

python rivals.py NAME FILE: reads ``scores`` and ``allowed`` (mentees, mentors), prints one line of
JSON with the seconds that a run took (median of five; one of mentor-match) and what it found.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matching.match import Match


def mentor_match(scores: np.ndarray, allowed: np.ndarray) -> dict[str, object]:
    """All of mentor-match's own steps; its people only know where they are in our table."""
    from matching.mentee import Mentee
    from matching.mentor import Mentor
    from matching.process import process_data
    from matching.rules.rule import Disqualify

    values, forbidden = scores.tolist(), (~allowed).tolist()

    class Ours:
        def apply(self, match: Match) -> int:
            return values[match.mentee.role][match.mentor.role]

    rules = [
        Ours(),
        Disqualify(lambda match: forbidden[match.mentee.role][match.mentor.role]),
    ]
    # Two people whose facts are all the same are one person to it.
    mentees = [Mentee(grade=1, role=at, email=f"mentee {at}") for at in range(len(scores))]
    mentors = [Mentor(grade=2, role=at, email=f"mentor {at}") for at in range(scores.shape[1])]
    start = time.process_time()
    process_data(mentors, mentees, [rules])
    seconds = time.process_time() - start
    found = [(one.role, mentor.role) for one in mentees for mentor in one.connections]
    return {
        "seconds": seconds,
        "people": len(found),
        "total": int(sum(scores[cell] for cell in found)),
    }


def lapx(scores: np.ndarray, allowed: np.ndarray) -> dict[str, object]:
    """lapx and scipy on the same costs, where a forbidden cell costs more than all others do."""
    from lap import lapjvx
    from scipy.optimize import linear_sum_assignment

    base = 2 * len(scores) * (int(scores.max()) + 1) + 1
    costs = np.where(allowed, -(scores.astype(np.float64) + base), 0.0)
    found = {
        "lapx": median(lambda: lapjvx(costs, extend_cost=True, return_cost=False)),
        "scipy": median(lambda: linear_sum_assignment(costs)),
    }
    rows, columns = lapjvx(costs, extend_cost=True, return_cost=False)
    ours, theirs = linear_sum_assignment(costs)
    return found | {"equal": bool(costs[rows, columns].sum() == costs[ours, theirs].sum())}


def median(action: Callable[[], object]) -> float:
    """Of five runs, in seconds of processor time."""
    taken = []
    for _turn in range(5):
        start = time.process_time()
        action()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


if __name__ == "__main__":
    given = np.load(sys.argv[2])
    run = {"mentor-match": mentor_match, "lapx": lapx}[sys.argv[1]]
    print(json.dumps(run(given["scores"], given["allowed"])))

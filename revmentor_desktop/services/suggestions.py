"""A proposed pair in words: why these two, what may stand on a letter, what to say when asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np

from revmentor_desktop import i18n
from revmentor_desktop.domain.matching import reasons
from revmentor_desktop.domain.matching.grid import Grid, ProposedPair
from revmentor_desktop.domain.matching.mask import mask, reporting_lines
from revmentor_desktop.domain.matching.reasons import Facts
from revmentor_desktop.domain.matching.rules import (
    CRITERIA,
    SENTENCES,
    WHOLE_LINE,
    Rule,
)
from revmentor_desktop.domain.matching.scores import LINE
from revmentor_desktop.i18n import N_, _
from revmentor_desktop.services.matching import Collected
from revmentor_desktop.services.profiles import Profile

TAKEN_OFF = {
    "preference": N_("Against a preference"),
    "line": N_("Far above in the line"),
}
"""What lowers a score, beside the criteria that raise it."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one criterion gives of a score of a thousand: ``points`` of at most ``most``.

    The points of all parts sum to the score. Where nothing is known there are none.
    """

    key: str
    title: str
    points: int
    most: int
    known: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One proposed pair as the review shows it, with all that is kept when it is accepted.

    ``score`` of a thousand; ``known`` percent; ``exceptions``: the rules that it goes against, in
    words; ``letter_reasons``: in the organisation's language; ``spoken``: to read aloud on the
    telephone; ``rules``: the JSON of those in force.
    """

    mentor_id: int
    mentor: str
    mentor_job: str
    mentee_id: int
    mentee: str
    mentee_job: str
    score: int
    known: int
    reason: str
    letter_reasons: tuple[str, ...]
    exceptions: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    spoken: str = ""
    locked: bool = False
    rules: str = ""

    @property
    def couple(self) -> tuple[int, int]:
        """The ids of mentor and mentee."""
        return self.mentor_id, self.mentee_id

    @property
    def has_line(self) -> bool:
        """Whether it costs points that one is far above the other."""
        return any(part.key == "line" for part in self.parts)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all pairs of one proposal have in common."""

    collected: Collected
    weights: Mapping[str, int]
    everything: int
    titles: Mapping[str, str]
    rules: str
    locked: Set[tuple[int, int]]


def suggestions(
    collected: Collected,
    grid: Grid,
    pairs: Sequence[ProposedPair],
    locked: Set[tuple[int, int]],
) -> list[Suggestion]:
    """Proposed pairs in words, in the order given. ``locked``: (mentee, mentor) ids."""
    rules = grid.rules
    titles = {name: _(title) for name, title in (*CRITERIA.items(), *TAKEN_OFF.items())}
    frame = _Frame(collected, rules.weights, rules.everything, titles, rules.to_json(), locked)
    told = _exceptions(collected, grid, pairs)
    return [
        _suggestion(frame, pair, exceptions) for pair, exceptions in zip(pairs, told, strict=True)
    ]


def _suggestion(frame: _Frame, pair: ProposedPair, exceptions: tuple[str, ...]) -> Suggestion:
    collected = frame.collected
    mentor, mentee = collected.profiles[pair.mentor], collected.profiles[pair.mentee]
    said = reasons.letter_reasons(pair.facts, mentee.name, mentor.name, collected.topics)
    on_paper = said
    if collected.language not in ("", i18n.current_language()):
        with i18n.language(collected.language):
            on_paper = reasons.letter_reasons(
                pair.facts, mentee.name, mentor.name, collected.topics
            )
    return Suggestion(
        mentor_id=pair.mentor,
        mentor=mentor.name,
        mentor_job=mentor.job,
        mentee_id=pair.mentee,
        mentee=mentee.name,
        mentee_job=mentee.job,
        score=pair.score,
        known=pair.known,
        reason=reasons.sentence(said),
        letter_reasons=tuple(on_paper),
        exceptions=exceptions,
        parts=_parts(frame, pair),
        spoken=_spoken(collected, pair),
        locked=(pair.mentee, pair.mentor) in frame.locked,
        rules=frame.rules,
    )


def _parts(frame: _Frame, pair: ProposedPair) -> tuple[Part, ...]:
    """What the score is made of, rounded so that the points sum to it exactly."""
    names = [*frame.weights, *(name for name in TAKEN_OFF if name in pair.parts)]
    ends = [total // frame.everything for total in accumulate(pair.parts.get(n, 0) for n in names)]
    return tuple(
        Part(
            name,
            frame.titles[name],
            end - begin,
            -(-frame.weights.get(name, 0) * 1000 // frame.everything),
            name in pair.known_parts or name in TAKEN_OFF,
        )
        for name, begin, end in zip(names, [0, *ends], ends, strict=False)
    )


def _exceptions(
    collected: Collected, grid: Grid, pairs: Sequence[ProposedPair]
) -> list[tuple[str, ...]]:
    """The rules that each pair goes against, those too that were waived for one of the two."""
    waived = collected.pool.waived
    bits = [pair.broken for pair in pairs]
    excepted = [at for at, pair in enumerate(pairs) if {pair.mentee, pair.mentor} & waived.keys()]
    if excepted:
        rows = np.array([grid.rows[pairs[at].mentee] for at in excepted])
        columns = np.array([grid.columns[pairs[at].mentor] for at in excepted])
        strict = replace(grid.pool, waived={})
        chosen = replace(grid.cells, rows=rows, columns=columns)
        for at, broken in zip(excepted, mask(strict, grid.rules, chosen), strict=True):
            bits[at] |= int(broken) & grid.rules.in_force
            both = pairs[at].mentor, pairs[at].mentee
            is_waived = any(waived.get(who, 0) & LINE for who in both)
            if is_waived and who_is_far_above(collected, both) is not None:
                bits[at] |= Rule.FAR_ABOVE
    return [
        _in_words(collected, pair, broken) if broken else ()
        for pair, broken in zip(pairs, bits, strict=True)
    ]


def who_is_far_above(collected: Collected, couple: tuple[int, int]) -> int | None:
    """Who of two is above the other, further up than the rule forbids; None where neither is."""
    pool, depth = collected.pool, collected.rules.manager_depth
    both = [person for person in (*pool.mentees, *pool.mentors) if person.id in couple]
    if not depth:
        return None
    lines = reporting_lines(replace(pool, mentees=both, mentors=[]), depth, WHOLE_LINE)
    return next((above for above, below in lines if {above, below} == set(couple)), None)


def _in_words(collected: Collected, pair: ProposedPair, broken: int) -> tuple[str, ...]:
    return tuple(
        _with_reason(collected, pair, int(rule), _(text))
        for rule, text in SENTENCES.items()
        if broken & rule
    )


def _with_reason(collected: Collected, pair: ProposedPair, rule: int, text: str) -> str:
    """The broken rule, with the reason that she gave for the exception: of one, or of the two."""
    bits = LINE if rule == Rule.FAR_ABOVE else rule
    for (who, bit), reason in collected.reasons.items():
        if reason and bit & bits and who in (pair.mentee, pair.mentor):
            return _("{rule} (exception for {name}: {reason})").format(
                rule=text, name=collected.name(who), reason=reason
            )
    if reason := collected.lock_reasons.get((pair.mentee, pair.mentor), ""):
        return _("{rule} (exception: {reason})").format(rule=text, reason=reason)
    return text


def _spoken(collected: Collected, pair: ProposedPair) -> str:
    """One sentence to read aloud to either of the two: no quotation marks, little at a time."""
    mentor, mentee = collected.profiles[pair.mentor], collected.profiles[pair.mentee]
    who = _("We would like to bring {mentor} and {mentee} together").format(
        mentor=_introduced(mentor), mentee=_introduced(mentee)
    )
    said = _spoken_reasons(pair.facts, mentor.call_name, mentee.call_name, collected.topics)
    if not said:
        return _("{who}, with {mentor} as {role}.").format(
            who=who, mentor=mentor.call_name, role=collected.mentor_word
        )
    why = said[0] if len(said) == 1 else _("{one}, and {other}").format(one=said[0], other=said[1])
    return _("{who}: {why}.").format(who=who, why=why)


def _introduced(profile: Profile) -> str:
    if not profile.department:
        return profile.name
    return _("{name} from {department}").format(name=profile.name, department=profile.department)


def _spoken_reasons(facts: Facts, mentor: str, mentee: str, topics: Mapping[int, str]) -> list[str]:
    """At most two reasons, of what may stand on a letter."""
    said = [
        _("{one} knows about {topic}, which {other} would like to learn").format(
            one=one, other=other, topic=topics[brought[0]]
        )
        for one, other, brought in (
            (mentor, mentee, facts.mentor_brings), (mentee, mentor, facts.mentee_brings),
        )
        if brought
    ]  # fmt: skip
    if not said and facts.levels_apart is not None and facts.levels_apart > 0:
        said.append(_("the two see the organisation from different places"))
    if facts.have_met is False:
        said.append(_("they have not met yet"))
    elif facts.other_department:
        said.append(_("they work in different departments"))
    return said[:2]

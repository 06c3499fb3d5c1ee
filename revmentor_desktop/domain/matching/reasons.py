"""Why two people, in words: only what is known, and nothing invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from revmentor_desktop.domain.matching.people import Person
from revmentor_desktop.i18n import _, ngettext

MOST_TOPICS = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true of two people. Topics are ids, the most wanted first; None is unknown."""

    mentor_brings: tuple[int, ...]
    mentee_brings: tuple[int, ...]
    levels_apart: int | None
    other_department: bool | None
    other_site: bool | None
    have_met: bool | None


def facts_between(mentee: Person, mentor: Person, have_met: bool | None) -> Facts:
    """What speaks for the two."""
    known_levels = mentee.level is not None and mentor.level is not None
    return Facts(
        mentor_brings=_shared(mentee, mentor),
        mentee_brings=_shared(mentor, mentee),
        levels_apart=(mentee.level or 0) - (mentor.level or 0) if known_levels else None,
        other_department=_differ(mentee.department, mentor.department),
        other_site=_differ(mentee.site, mentor.site),
        have_met=have_met,
    )


def _shared(wanting: Person, offering: Person) -> tuple[int, ...]:
    both = [topic for topic in wanting.wants if topic in offering.offers]
    if len(both) > 1:
        both.sort(key=lambda topic: (-wanting.wants[topic] * offering.offers[topic], topic))
    return tuple(both[:MOST_TOPICS])


def _differ(one: str, other: str) -> bool | None:
    return one != other if one and other else None


def sentence(said: Sequence[str]) -> str:
    """Reasons for the coordinator in one sentence."""
    if not said:
        return _("The best pair that the rules allow; little is known of the two.")
    text = "; ".join(said)
    return f"{text[:1].upper()}{text[1:]}."


def letter_reasons(facts: Facts, mentee: str, mentor: str, topics: Mapping[int, str]) -> list[str]:
    """What may stand on a letter: topics, perspective and that they have not met."""
    said = []
    if facts.mentor_brings:
        names = _listed([topics[t] for t in facts.mentor_brings])
        said.append(
            _("{mentor} brings {topics}, which {mentee} would like to learn").format(
                mentor=mentor, mentee=mentee, topics=names
            )
        )
    if facts.mentee_brings:
        names = _listed([topics[t] for t in facts.mentee_brings])
        said.append(
            _("{mentee} brings {topics}, which {mentor} would like to learn").format(
                mentor=mentor, mentee=mentee, topics=names
            )
        )
    if facts.levels_apart is not None and facts.levels_apart > 0:
        apart = ngettext("{n} level apart", "{n} levels apart", facts.levels_apart)
        said.append(
            _("they see the organisation from different places, {apart}").format(apart=apart)
        )
    if facts.other_department:
        said.append(
            _("they work in different departments and at different sites")
            if facts.other_site
            else _("they work in different departments")
        )
    elif facts.other_site:
        said.append(_("they work at different sites"))
    if facts.have_met is False:
        said.append(_("they have not met yet"))
    return said


def _listed(names: list[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    if len(quoted) == 1:
        return quoted[0]
    return _("{first} and {last}").format(first=", ".join(quoted[:-1]), last=quoted[-1])

"""Why somebody waits, in words, and the smallest things that would change it, each at one click."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from revmentor_desktop.domain.base import collated
from revmentor_desktop.domain.errors import Progress, no_progress
from revmentor_desktop.domain.matching.diagnosis import (
    Shortage,
    Waiver,
    cheapest_waiver,
    shortage_of_mentees,
    shortage_of_mentors,
    unlocked_by_rule,
)
from revmentor_desktop.domain.matching.robustness import place_gains
from revmentor_desktop.domain.matching.rules import RULE_NAMES
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services import decisions
from revmentor_desktop.services.review import Review

MOST_NAMES = 4
MOST_PLACES = 3


@dataclass(frozen=True, slots=True)
class Remedy:
    """Something that she can do about it: ``action(session, *args)``, to be run by ``do``.

    ``asks_reason``: a reason is recorded and goes behind the other arguments. ``done``: what has
    been done, as undo names it.
    """

    text: str
    done: str
    action: Callable[..., None]
    args: tuple[object, ...]
    asks_reason: bool = False


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What stands in the way, one sentence after another, and what can be done."""

    sentences: tuple[str, ...]
    remedies: tuple[Remedy, ...]


def of_person(review: Review, staff_id: int) -> Diagnosis:
    """Why this person waits, and what would give them a partner."""
    person = next((one for one in review.waiting if one.staff_id == staff_id), None)
    if person is None:
        return Diagnosis((), ())
    if not person.is_mentee:
        return _of_mentor(review, staff_id, person.why)
    shortage = shortage_of_mentors(review.proposal, staff_id)
    said = person.why if shortage is None else _shortage_sentence(review, shortage)
    places = () if shortage is None else _more_places(review, shortage)
    waiver = cheapest_waiver(review.proposal, staff_id)
    exceptions = () if not waiver else (_exceptions(review, staff_id, waiver),)
    return Diagnosis((said,), (*exceptions, *places))


def of_all(review: Review, progress: Progress = no_progress) -> Diagnosis:
    """What would give most people a partner who wait now: rules that could be a preference."""
    gained = sorted(
        unlocked_by_rule(review.proposal, progress).items(), key=lambda found: -found[1]
    )
    remedies = []
    for rule, people in gained:
        title = _(RULE_NAMES[rule])
        remedies.append(
            Remedy(
                ngettext(
                    "Let “{rule}” be a preference: {n} more person has a partner",
                    "Let “{rule}” be a preference: {n} more people have a partner",
                    people,
                ).format(rule=title),
                _("“{rule}” is a preference now").format(rule=title),
                decisions.prefer,
                (review.collected.programme_id, rule),
            )
        )
    return Diagnosis((), tuple(remedies))


def _of_mentor(review: Review, staff_id: int, why: str) -> Diagnosis:
    shortage = shortage_of_mentees(review.proposal, staff_id)
    all_matched = not any(one.is_mentee for one in review.waiting)
    if all_matched or shortage is None or len(shortage.people) < 2:
        return Diagnosis((why,), ())
    text = _("{people} for {places} with {partners}: one of them must wait.")
    return Diagnosis((_competing(review, shortage, text),), ())


def _shortage_sentence(review: Review, shortage: Shortage) -> str:
    if len(shortage.partners) > 1:
        text = _(
            "{people} for {places} with {partners}; one more place with any of them solves it."
        )
    else:
        text = _("{people} for {places} with {partners}; one more place there solves it.")
    return _competing(review, shortage, text)


def _competing(review: Review, shortage: Shortage, text: str) -> str:
    return text.format(
        people=ngettext("{n} person competes", "{n} people compete", len(shortage.people)),
        places=ngettext("{n} place", "{n} places", shortage.places),
        partners=_names(review, shortage.partners),
    )


def _more_places(review: Review, shortage: Shortage) -> tuple[Remedy, ...]:
    """One more place with the partners where it gains most, where that is quickly known."""
    gains = place_gains(review.proposal).found if review.is_plain else ()
    order = {mentor: at for at, (mentor, *_gain) in enumerate(gains)}
    ranked = sorted(shortage.partners, key=lambda mentor: order.get(mentor, len(order)))
    name = review.collected.name
    return tuple(
        Remedy(
            _("One more place with {name}").format(name=name(mentor)),
            _("{name} has one more place").format(name=name(mentor)),
            decisions.add_place,
            (review.collected.programme_id, mentor),
        )
        for mentor in ranked[:MOST_PLACES]
    )


def _exceptions(review: Review, staff_id: int, waivers: Sequence[Waiver]) -> Remedy:
    """The fewest exceptions that give this person a partner and take nobody's away."""
    rules_of: dict[int, int] = {}
    for one in waivers:
        rules_of[one.mentee] = rules_of.get(one.mentee, 0) | one.rules
    name = review.collected.name
    said = [
        _("“{rule}” for {name}").format(rule=_(title), name=name(who))
        for who, bits in rules_of.items()
        for rule, title in RULE_NAMES.items()
        if bits & rule
    ]
    alone = sum(one.is_mentee for one in review.waiting) == 1
    gain = _("everyone has a partner") if alone else _("{name} has a partner")
    return Remedy(
        _("Make an exception to {rules}, and {gain}").format(
            rules=_(" and to ").join(said), gain=gain.format(name=name(staff_id))
        ),
        _("Exception made for {names}").format(names=", ".join(name(who) for who in rules_of)),
        decisions.make_exceptions,
        (review.collected.programme_id, rules_of),
        asks_reason=True,
    )


def _names(review: Review, ids: Sequence[int]) -> str:
    """Some names, and how many more there are."""
    names = sorted((review.collected.name(id_) for id_ in ids), key=collated)
    if len(names) > MOST_NAMES + 1:
        rest = len(names) - MOST_NAMES
        more = ngettext("{n} other", "{n} others", rest)
        return _("{first} and {last}").format(first=", ".join(names[:MOST_NAMES]), last=more)
    if len(names) == 1:
        return names[0]
    return _("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])

"""Conversation cards: questions for the topics of one pair, over all three benefits."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop import resources
from revmentor_desktop.domain.topics import BENEFIT_NAMES, Benefit, Topic
from revmentor_desktop.i18n import _

MOST_TOPICS = 4
"""Topics of a benefit that get cards of their own."""
OPEN_CARDS = 4
"""Cards on a benefit to which the pair brings no topic; half of them beside one topic only."""


@dataclass(frozen=True, slots=True)
class Questions:
    """``ask``: to whoever brings a topic, by whoever would like to learn it; ``back``: the other
    way; ``do``: to try out together.
    """

    ask: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    do: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bank:
    """All questions: by the name of a topic, and of each benefit for what has none of its own."""

    benefits: Mapping[str, Benefit]
    topics: Mapping[str, Questions]
    general: Mapping[Benefit, Questions]


def bank(session: Session, language: str) -> Bank:
    """The shipped questions for the topics of this file, in English where there is no other."""
    path = resources.path("letters", language, "conversation.json")
    if not path.exists():
        path = resources.path("letters", "en_GB", "conversation.json")
    stored = json.loads(path.read_text("utf-8"))
    known = session.execute(select(Topic.key, Topic.name, Topic.benefit)).all()
    return Bank(
        {name: benefit for _key, name, benefit in known},
        {name: _read(stored["topics"][key]) for key, name, _b in known if key in stored["topics"]},
        {Benefit(name): _read(entry) for name, entry in stored["benefits"].items()},
    )


def _read(entry: Mapping[str, Any]) -> Questions:
    return Questions(*(tuple(entry.get(name, ())) for name in ("ask", "back", "do")))


def cards(
    questions: Bank,
    mentor: str,
    mentee: str,
    mentor_brings: Sequence[str],
    mentee_brings: Sequence[str],
) -> tuple[tuple[str, str], ...]:
    """The cards of a pair as (topic, question), benefit by benefit; names as the two are called.

    A topic that nobody has written questions for gets those of its benefit.
    """
    made: list[tuple[str, str]] = []
    many = len(mentor_brings) + len(mentee_brings) > MOST_TOPICS
    for benefit in Benefit:
        here = [
            (topic, giver, taker)
            for brings, giver, taker in (
                (mentor_brings, mentor, mentee),
                (mentee_brings, mentee, mentor),
            )
            for topic in brings
            if questions.benefits.get(topic) is benefit
        ][:MOST_TOPICS]
        for topic, giver, taker in here:
            own = questions.topics.get(topic)
            if own is not None:
                made += _topic_cards(topic, own, giver, taker, short=many)
        made += _open_cards(questions, benefit, mentor, mentee, len(here))
    return tuple(made)


def _topic_cards(
    topic: str, own: Questions, giver: str, taker: str, *, short: bool
) -> list[tuple[str, str]]:
    """``short``: one question each way only, where the pair has many topics."""
    return [
        *((topic, _asks(taker, giver, text)) for text in own.ask[: 1 if short else None]),
        *((topic, _asks(giver, taker, text)) for text in own.back),
        *((topic, _("Together: {task}").format(task=text)) for text in own.do),
    ]


def _open_cards(
    questions: Bank, benefit: Benefit, mentor: str, mentee: str, topics: int
) -> list[tuple[str, str]]:
    """Questions of a benefit, the fewer the more topics of it the pair has."""
    general, name = questions.general[benefit], _(BENEFIT_NAMES[benefit])
    count = OPEN_CARDS if not topics else max(2, OPEN_CARDS - topics)
    pairs = zip(general.ask, general.back, strict=False)
    mixed = [
        card
        for ask, back in pairs
        for card in ((name, _asks(mentee, mentor, ask)), (name, _asks(mentor, mentee, back)))
    ]
    return mixed[:count]


def _asks(who: str, whom: str, text: str) -> str:
    return _("{who} asks {whom}: {question}").format(who=who, whom=whom, question=text)

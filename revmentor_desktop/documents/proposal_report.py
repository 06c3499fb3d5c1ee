"""The proposal on paper, for a sponsor: who with whom and why; no score, nothing private."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import BinaryIO

from revmentor_desktop.documents.pack import Entry, Sheet, write_pack
from revmentor_desktop.domain.matching.rules import RULE_NAMES, Rule
from revmentor_desktop.domain.templates import Block, Document, Piece, Value
from revmentor_desktop.i18n import _, format_date, ngettext
from revmentor_desktop.services.letters import Letterhead
from revmentor_desktop.services.review import Review, WaitingPerson
from revmentor_desktop.services.rule_settings import Setting, setting


def write_proposal(file: BinaryIO, review: Review, head: Letterhead, day: date) -> int:
    """Write the report; returns how many pages it has."""
    title = _("Proposed pairs: {programme}").format(programme=review.collected.programme)
    values: dict[str, Value] = {
        "pairs": tuple(
            (_with_job(s.mentor, s.mentor_job), _with_job(s.mentee, s.mentee_job), s.reason)
            for s in review.suggestions
        )
    }
    document = Document(title, tuple(_blocks(review, title, day)))
    name = _("Proposed pairs")
    entry = Entry(title, "", [Sheet(name, document, values)])
    return sum(write_pack(file, [entry], head, title))


def _blocks(review: Review, title: str, day: date) -> list[Block]:
    collected = review.collected
    blocks = [
        _text("heading", title),
        _text("paragraph", _opening(review, day)),
    ]
    if review.suggestions:
        heads = "|".join((collected.mentor_word, collected.mentee_word, _("Why these two")))
        blocks.append(Block("table", ((Piece(heads),),), rows="pairs"))
    if not review.topics_known:
        blocks.append(
            _text(
                "paragraph",
                _("Nobody has given topics yet: these pairs rest on level, department and site."),
            )
        )
    blocks += _waiting(review)
    return [*blocks, _text("small", _rules_sentence(review))]


def _opening(review: Review, day: date) -> str:
    pairs = ngettext("{n} pair is proposed", "{n} pairs are proposed", len(review.suggestions))
    return _(
        "{day}: {pairs}. Nothing is decided yet: both people of each pair are asked first, and "
        "either can say no without giving a reason."
    ).format(day=format_date(day), pairs=pairs)


def _waiting(review: Review) -> list[Block]:
    """Who has no partner in this proposal, by role."""
    if not review.waiting:
        return [_text("paragraph", _("Everybody who takes part has a partner."))]
    blocks = [_text("subheading", _("Waiting for a partner"))]
    for is_mentee in (True, False):
        people = [person for person in review.waiting if person.is_mentee is is_mentee]
        if people:
            blocks.append(_text("paragraph", _listed(people)))
    return blocks


def _listed(people: Sequence[WaitingPerson]) -> str:
    names = ", ".join(_with_job(person.name, person.job, " ({job})") for person in people)
    return _("{role}: {names}").format(role=people[0].role, names=names)


def _rules_sentence(review: Review) -> str:
    """The rules that every pair obeys; whether anybody is kept apart is nobody's business."""
    names = [
        _(title)
        for rule, title in RULE_NAMES.items()
        if rule is not Rule.KEPT_APART and setting(review.rules, rule) is Setting.FORBID
    ]
    if not names:
        return _("As many people as possible have a partner.")
    return _(
        "As many people as possible have a partner, and as much as possible speaks for each pair. "
        "Rules: {rules}."
    ).format(rules="; ".join(names))


def _with_job(name: str, job: str, form: str = ", {job}") -> str:
    return name + form.replace("{job}", job) if job else name


def _text(kind: str, text: str) -> Block:
    return Block(kind, ((Piece(text),),))  # type: ignore[arg-type]

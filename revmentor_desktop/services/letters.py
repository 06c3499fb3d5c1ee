"""What stands on the documents of a pair, and the record of what was printed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop import resources
from revmentor_desktop.domain import templates
from revmentor_desktop.domain.organisation import Organisation
from revmentor_desktop.domain.pairs import PRINTED_STATES, Pair
from revmentor_desktop.domain.printed import DocumentKind, IssuedDocument
from revmentor_desktop.domain.printed import Template as StoredTemplate
from revmentor_desktop.domain.programmes import Programme, Role
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.domain.templates import Document
from revmentor_desktop.domain.topics import InterestKind
from revmentor_desktop.i18n import _, format_date
from revmentor_desktop.services import topics

MOST_TOPICS = 3
Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """How the organisation's letters look. ``logo``: PNG bytes."""

    name: str
    address: str
    footer: str
    logo: bytes | None
    accent: str
    paper: str
    language: str


@dataclass(frozen=True, slots=True)
class PairFacts:
    """Everything that a document of a pair may say, already in words, by field name."""

    pair_id: int
    code: str
    title: str
    mentor: Mapping[str, Value]
    mentee: Mapping[str, Value]
    shared: Mapping[str, Value]

    def values(self, kind: DocumentKind) -> Mapping[str, Value]:
        """The fields as one document reads them: who is its reader, who the partner."""
        if kind is DocumentKind.MENTEE_LETTER:
            reader, partner = self.mentee, self.mentor
        else:
            reader, partner = self.mentor, self.mentee
        return {
            **self.shared,
            **{f"reader.{key}": value for key, value in reader.items()},
            **{f"partner.{key}": value for key, value in partner.items()},
        }


def letterhead(session: Session) -> Letterhead:
    """The organisation's letterhead."""
    one = session.scalars(select(Organisation)).one()
    return Letterhead(
        one.name, one.address, one.footer, one.logo, one.accent, one.paper, one.language
    )


def printable(session: Session, programme_id: int) -> list[int]:
    """The pairs whose documents are printed, by number."""
    return list(
        session.scalars(
            select(Pair.id)
            .where(Pair.programme_id == programme_id, Pair.state.in_(PRINTED_STATES))
            .order_by(Pair.id)
        )
    )


def documents(
    session: Session, kinds: Sequence[DocumentKind], language: str
) -> dict[DocumentKind, Document]:
    """The wording of each document: the organisation's own, or the shipped one."""
    own = {
        stored.kind: stored
        for stored in session.scalars(
            select(StoredTemplate).where(StoredTemplate.language == language)
        )
    }
    return {
        kind: templates.load(own[kind].blocks, own[kind].version)
        if kind in own
        else templates.load(_shipped(kind, language))
        for kind in kinds
    }


def _shipped(kind: DocumentKind, language: str) -> str:
    name = f"{kind.value.replace(' ', '_')}.json"
    path = resources.path("letters", language, name)
    if not path.exists():
        path = resources.path("letters", "en_GB", name)
    return path.read_text("utf-8")


def pair_facts(session: Session, pair_ids: Sequence[int], day: date) -> list[PairFacts]:
    """What stands on the documents of these pairs, dated ``day``."""
    return [_facts(session, pair_id, day) for pair_id in pair_ids]


def _facts(session: Session, pair_id: int, day: date) -> PairFacts:
    pair = session.get_one(Pair, pair_id)
    programme = session.get_one(Programme, pair.programme_id)
    organisation = session.scalars(select(Organisation)).one()
    mentor = session.get_one(StaffMember, pair.mentor_id)
    mentee = session.get_one(StaffMember, pair.mentee_id)
    shared: dict[str, Value] = {
        "mentor.name": mentor.full_name,
        "mentor.call_name": mentor.call_name,
        "mentee.name": mentee.full_name,
        "mentee.call_name": mentee.call_name,
        "mentor.word": programme.mentor_word or _("mentor"),
        "mentee.word": programme.mentee_word or _("mentee"),
        "mentor.brings": _brings(session, mentor, mentee),
        "mentee.brings": _brings(session, mentee, mentor),
        "reasons": tuple(_as_sentence(reason) for reason in pair.letter_reasons),
        "pair.code": pair.code,
        "pair.aim": pair.shared_aim or programme.shared_aim,
        "programme.name": programme.name,
        "programme.aims": programme.aims,
        "programme.start": format_date(programme.start_date),
        "programme.end": format_date(programme.end_date),
        "programme.sessions": str(programme.sessions),
        "programme.minutes": str(programme.minutes),
        "organisation.name": organisation.name,
        "organisation.sponsor": organisation.sponsor,
        "coordinator.name": organisation.coordinator,
        "support.contact": organisation.support_contact or organisation.coordinator,
        "today": format_date(day),
    }
    title = _("{code} {mentor} and {mentee}").format(
        code=pair.code, mentor=mentor.full_name, mentee=mentee.full_name
    )
    return PairFacts(
        pair.id, pair.code, title, _person(mentor, programme, Role.MENTOR),
        _person(mentee, programme, Role.MENTEE), shared,
    )  # fmt: skip


def _person(person: StaffMember, programme: Programme, role: Role) -> dict[str, Value]:
    return {
        "name": person.full_name,
        "call_name": person.call_name,
        "job_title": person.job_title,
        "department": person.department,
        "site": person.site,
        "email": person.email,
        "role": programme.word(role),
    }


def _brings(session: Session, giver: StaffMember, taker: StaffMember) -> tuple[str, ...]:
    """The topics somebody offers, those that the other one wants first."""
    both = topics.interests_of(session, [giver.id, taker.id])
    wanted = {name for name, _s in both.get((taker.id, InterestKind.WANTS), ())}
    offered = [name for name, _s in both.get((giver.id, InterestKind.OFFERS), ())]
    ranked = sorted(offered, key=lambda name: name not in wanted)
    return tuple(ranked[:MOST_TOPICS])


def _as_sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def record_issued(
    session: Session,
    facts: Sequence[PairFacts],
    printed: Mapping[DocumentKind, Document],
    day: date,
) -> None:
    """Record what was printed for whom, with a digest of what stood on it."""
    for fact in facts:
        for kind, document in printed.items():
            text = json.dumps(fact.values(kind), sort_keys=True, default=list)
            digest = hashlib.sha256(text.encode()).hexdigest()[:16]
            session.add(
                IssuedDocument(
                    programme_id=session.get_one(Pair, fact.pair_id).programme_id,
                    pair_id=fact.pair_id, kind=kind, issued_on=day,
                    template_version=document.version, facts=digest,
                )
            )  # fmt: skip

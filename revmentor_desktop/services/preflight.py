"""What to know of a pack before a file is written: what is missing, printed already, too early."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop.domain import merging
from revmentor_desktop.domain.errors import Progress, no_progress
from revmentor_desktop.domain.letter_fields import FIELDS
from revmentor_desktop.domain.pairs import Pair, PairState
from revmentor_desktop.domain.printed import (
    DOCUMENT_NAMES,
    PAIR_LETTERS,
    SCOPES,
    DocumentKind,
    IssuedDocument,
    Scope,
)
from revmentor_desktop.domain.questionnaires import Questionnaire, Response, Round, RoundKind
from revmentor_desktop.domain.templates import Document
from revmentor_desktop.i18n import _, format_date
from revmentor_desktop.services import issued
from revmentor_desktop.services.packs import Subject
from revmentor_desktop.services.session_logs import NOT_YET_MET
from revmentor_desktop.services.shared_facts import Letter
from revmentor_desktop.services.tables import chunks

What = Literal["refused", "missing", "undrawable", "address", "changed", "printed"]
"""refused: not printed for a reason; missing: a gap would show; undrawable: no font has the
characters; address: more than the window shows; changed: printed, but it says something else now;
printed: as it is now, already.
"""
Place = tuple[int | None, int | None, str]
"""Where something is mended: the record of a person or of a pair (their id), or a form."""
_FORMS = {
    "organisation": "organisation",
    "coordinator": "organisation",
    "support": "organisation",
    "programme": "programme",
    "gathering": "gathering",
}
"""The forms of the fields that no person's or pair's record holds, by their beginnings."""
COORDINATOR = "coordinator.name"
_TOLD: frozenset[What] = frozenset({"changed", "printed"})
"""Good to know, and nothing to mend."""
STOPS: frozenset[What] = frozenset({"refused", "undrawable"})
"""What keeps a letter from being printed."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing about a letter, in words, and where it is mended: a record, or else a form
    (organisation, programme, gathering).
    """

    what: What
    text: str
    staff_id: int | None = None
    pair_id: int | None = None
    form: str = ""


@dataclass(frozen=True, slots=True)
class PreflightRow:
    """One letter: which document, for whom, how it stands to what was printed, what is wrong."""

    kind: DocumentKind
    document: str
    subject: Subject
    who: str
    issue: issued.Issue
    problems: tuple[Problem, ...]

    @property
    def needs_her(self) -> bool:
        """Whether there is something to do or decide."""
        return any(problem.what not in _TOLD for problem in self.problems)

    @property
    def stops(self) -> bool:
        """Whether the letter cannot be printed."""
        return any(problem.what in STOPS for problem in self.problems)


def rows(
    found: issued.Reading, made: Sequence[Letter], progress: Progress = no_progress
) -> list[PreflightRow]:
    """One row for each document of each subject that is printed, in the order of printing."""
    issues = issued.states(found, progress)
    once = {(letter.kind, letter.subject): letter for letter in reversed(made)}
    return [
        PreflightRow(
            kind, _(DOCUMENT_NAMES[kind]), subject, letter.who, issues[kind, subject],
            tuple(_problems(letter, found.wordings[kind], issues[kind, subject])),
        )
        for (kind, subject), letter in reversed(once.items())
    ]  # fmt: skip


def _problems(letter: Letter, document: Document, issue: issued.Issue) -> list[Problem]:
    if letter.refusal:
        return [Problem("refused", letter.refusal, *place(letter, "person."))]
    found = [
        Problem("missing", _("{field}: missing").format(field=_(FIELDS[name].title)),
                *place(letter, name))
        for name in merging.missing(document, letter.values)
    ]  # fmt: skip
    if issue.on is not None:
        what: What = "printed" if issue.state == "same" else "changed"
        text = {
            "printed": _("printed on {day}, unchanged"),
            "changed": _("printed on {day}, says something else now"),
        }[what].format(day=format_date(issue.on))
        found.append(Problem(what, text, *place(letter, "")))
    return found


def place(letter: Letter, field: str) -> Place:
    """Where a field of a letter is mended."""
    prefix = field.partition(".")[0]
    if field.endswith(".word"):
        return None, None, "programme"
    if prefix in _FORMS:
        return None, None, _FORMS[prefix]
    if prefix in letter.people:
        return letter.people[prefix], None, ""
    if letter.subject.scope is Scope.PERSON:
        return letter.subject.id, None, ""
    if letter.subject.scope is Scope.PAIR:
        return None, letter.subject.id, ""
    return None, None, letter.subject.scope.value


def baselines_outstanding(session: Session, programme_id: int, made: Sequence[Letter]) -> list[int]:
    """The people without an answered baseline whose partner these letters would reveal."""
    ids = {one.subject.id for one in made if SCOPES[one.kind] is Scope.PAIR}
    return baselines_of_pairs(session, programme_id, ids)


def baselines_of_pairs(session: Session, programme_id: int, pair_ids: Iterable[int]) -> list[int]:
    """The members of pairs who have not answered the baseline and do not know their partner yet.

    Who has met the partner, or was sent a letter, knows already.
    """
    told = set(
        session.scalars(
            select(IssuedDocument.pair_id).where(
                IssuedDocument.programme_id == programme_id, IssuedDocument.kind.in_(PAIR_LETTERS)
            )
        )
    )
    people = {
        id_
        for portion in chunks(sorted(set(pair_ids) - told))
        for both in session.execute(
            select(Pair.mentor_id, Pair.mentee_id).where(
                Pair.id.in_(portion), Pair.state.in_(NOT_YET_MET)
            )
        )
        for id_ in both
    }
    return sorted(people - _answered(session, programme_id))


def _answered(session: Session, programme_id: int) -> set[int]:
    return set(
        session.scalars(
            select(Response.staff_id)
            .join(Round, Round.id == Response.round_id)
            .join(Questionnaire, Questionnaire.id == Round.questionnaire_id)
            .where(Questionnaire.programme_id == programme_id, Round.kind == RoundKind.BASELINE)
            .distinct()
        )
    )


def undecided(session: Session, made: Sequence[Letter]) -> list[int]:
    """The pairs that these letters name and that have not both said yes yet, by number."""
    return undecided_of(
        session, {one.subject.id for one in made if one.subject.scope is Scope.PAIR}
    )


def undecided_of(session: Session, pair_ids: Iterable[int]) -> list[int]:
    """Which of these pairs have not both said yes yet, by number."""
    return sorted(
        id_
        for portion in chunks(sorted(pair_ids))
        for id_ in session.scalars(
            select(Pair.id).where(
                Pair.id.in_(portion), Pair.state.in_((PairState.PROPOSED, PairState.ASKED))
            )
        )
    )


def is_unsigned(made: Sequence[Letter], wordings: issued.Wordings) -> bool:
    """Whether a letter leaves its signature out because nobody's name is known for it."""
    return any(
        block.kind == "signatures" and block.when == COORDINATOR
        for one in made
        if not one.values.get(COORDINATOR)
        for block in wordings[one.kind].blocks
    )

"""Proposes pairs from the command line, by what was decided in the review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from revmentor_desktop.domain.programmes import EnrolmentState, default_end
from revmentor_desktop.exchange import tables_out
from revmentor_desktop.i18n import _, ngettext
from revmentor_desktop.services import enrolments, matching, programmes, proposals, review
from revmentor_desktop.services.review import Review
from revmentor_desktop.services.suggestions import Suggestion
from revmentor_desktop.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Match:
    """What the command line prints: notices, the pairs, and how many were stored."""

    said: tuple[str, ...]
    review: Review
    accepted: int

    @property
    def rows(self) -> tuple[Suggestion, ...]:
        """The proposed pairs."""
        return self.review.suggestions

    def summary(self) -> str:
        """One line at the end."""
        pairs = ngettext("{n} pair", "{n} pairs", len(self.rows))
        people = ngettext(
            "{n} person waits for a partner",
            "{n} people wait for a partner",
            len(self.review.waiting),
        )
        kept = _("stored as proposed") if self.accepted else _("nothing was stored")
        return _("{pairs}, {people}; {kept}").format(pairs=pairs, people=people, kept=kept)


def match(workspace: Workspace, name: str | None, today: date, *, accept: bool) -> Match:
    """Propose pairs; where nobody is enrolled, make roles first. Stores only with ``accept``."""
    outcome = workspace.attempt if not accept else workspace.write
    return outcome(_match, name, today, accept).value


def _match(session: Session, name: str | None, today: date, accept: bool) -> Match:
    said: list[str] = []
    programme_id = _programme(session, name, today, said)
    if not any(
        state is EnrolmentState.ENROLLED for _r, state in enrolments.counts(session, programme_id)
    ):
        mentors, mentees = enrolments.propose_roles(session, programme_id, EnrolmentState.ENROLLED)
        said.append(
            _("Nobody was enrolled, so the top third by level and start date became mentees ({m}) "
              "and the bottom third mentors ({n}).").format(m=mentees, n=mentors)
        )  # fmt: skip
    session.flush()
    found = review.review(matching.collect(session, programme_id, today))
    if found.notice:
        said.append(found.notice)
    accepted = 0
    if accept:
        accepted = len(proposals.accept(session, programme_id, found.suggestions, today))
    return Match(tuple(said), found, accepted)


def _programme(session: Session, name: str | None, today: date, said: list[str]) -> int:
    if name is None and not programmes.any_programme(session):
        values = {"name": _("Programme"), "start_date": today, "end_date": default_end(today)}
        said.append(
            _("There was no programme, so one was made: “{name}”.").format(name=values["name"])
        )
        return programmes.save(session, None, values)
    return programmes.required_id(session, name)


def write_csv(target: Path, result: Match) -> None:
    """The proposal as CSV, with full names."""
    headings = ["mentor", "mentee", "score", "known", "reason"]
    rows = [[r.mentor, r.mentee, r.score, r.known, r.reason] for r in result.rows]
    tables_out.write_csv(target, "Pairs", headings, rows)

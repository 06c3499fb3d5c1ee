"""The proposal as it leaves the file: a list as XLSX or CSV, a report for the sponsor as PDF."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from revmentor_desktop import i18n
from revmentor_desktop.documents.proposal_report import write_proposal
from revmentor_desktop.domain.errors import Progress, UserError, no_progress
from revmentor_desktop.exchange import tables_out
from revmentor_desktop.i18n import _
from revmentor_desktop.jobs.export import Sheet, record_export
from revmentor_desktop.services import letters
from revmentor_desktop.services.review import Review
from revmentor_desktop.store.atomic import atomic_write
from revmentor_desktop.store.workspace import Workspace

HEADINGS = [
    "Mentor", "Mentor's job title", "Mentor's department", "Mentee", "Mentee's job title",
    "Mentee's department", "Score", "Known %", "Chosen", "Reason",
]  # fmt: skip


def export_proposal(
    workspace: Workspace,
    target: Path,
    review: Review,
    now: datetime,
    progress: Progress = no_progress,
) -> int:
    """Write a proposal; the ending of ``target`` chooses the format. Returns how many pairs.

    Whom to keep apart, ages, wishes and the reasons for exceptions are in none of them.
    """
    ending = target.suffix.casefold()
    if ending not in (".xlsx", ".csv", ".pdf"):
        raise UserError(
            _("“{name}” must end in .xlsx, .csv or .pdf. Choose one of these endings.").format(
                name=target.name
            )
        )
    progress(0, 1)
    if ending == ".pdf":
        head = workspace.read(letters.letterhead)
        with i18n.language(head.language), atomic_write(target) as file:
            write_proposal(file, review, head, now.date())
    else:
        write = tables_out.write_xlsx if ending == ".xlsx" else tables_out.write_csv
        write(target, "Proposal", *sheet(review))
    workspace.write(record_export, "proposal", len(review.suggestions), now)
    progress(1, 1)
    return len(review.suggestions)


def sheet(review: Review) -> Sheet:
    """Headings, which are English in every language, and a row for each pair and who waits."""
    profiles = review.collected.profiles
    rows: list[list[object]] = [
        [
            s.mentor, s.mentor_job, profiles[s.mentor_id].department,
            s.mentee, s.mentee_job, profiles[s.mentee_id].department,
            s.score / 10, s.known, "yes" if s.locked else "no", s.reason,
        ]
        for s in review.suggestions
    ]  # fmt: skip
    for person in review.waiting:
        who: list[object] = [person.name, person.job, profiles[person.staff_id].department]
        nobody: list[object] = ["", "", ""]
        couple = [*nobody, *who] if person.is_mentee else [*who, *nobody]
        rows.append([*couple, "", "", "no", _("Waiting for a partner")])
    return HEADINGS, rows

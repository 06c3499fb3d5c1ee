"""The catalogue of fields: what a document may say, with a sample, and which documents offer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from revmentor_desktop.domain.printed import SCOPES, DocumentKind, Scope
from revmentor_desktop.i18n import N_

Value = str | tuple[str, ...] | tuple[tuple[str, ...], ...]
"""A text, a list for bullets, or the rows of a table."""
Values = Mapping[str, Value]
Kinds = frozenset[DocumentKind]

ALL: Kinds = frozenset(DocumentKind)
FOR_PAIRS: Kinds = frozenset(kind for kind in ALL if SCOPES[kind] is Scope.PAIR)
FOR_A_READER: Kinds = frozenset(kind for kind in ALL if SCOPES[kind] is Scope.PERSON) | {
    DocumentKind.MENTOR_LETTER,
    DocumentKind.MENTEE_LETTER,
}
TO_PARTNERS: Kinds = frozenset({DocumentKind.MENTOR_LETTER, DocumentKind.MENTEE_LETTER})
OF_ONE_ROLE: Kinds = FOR_A_READER - {DocumentKind.MANAGER_NOTE}
NOTE: Kinds = frozenset({DocumentKind.MANAGER_NOTE})
FORM: Kinds = frozenset({DocumentKind.INTEREST_FORM})
SHEET: Kinds = frozenset({DocumentKind.SESSION_LOG})
TOLD: Kinds = frozenset({DocumentKind.YOU_SAID})
GATHERING: Kinds = frozenset({DocumentKind.SIGN_IN})
CERTIFICATE: Kinds = frozenset({DocumentKind.CERTIFICATE})


@dataclass(frozen=True, slots=True)
class Field:
    """A value that a template may name, and the documents ``on`` which it is offered.

    ``many``: a list, for bullets; ``rows``: for a table, steps or cards; ``condition``: only for
    "only if" and "unless". ``sample`` is text; see ``example`` for its shape as a value.
    """

    title: str
    sample: str
    on: Kinds = ALL
    many: bool = False
    rows: bool = False
    condition: bool = False

    @property
    def example(self) -> Value:
        """The sample as a value: items are cut at ";", the cells of a row at "|"."""
        if self.rows:
            return tuple(
                tuple(cell.strip() for cell in row.split("|")) for row in self.sample.split(";")
            )
        if self.many:
            return tuple(item.strip() for item in self.sample.split(";"))
        return self.sample


FIELDS: Mapping[str, Field] = {
    # Whom the document is addressed to
    "reader.name": Field(N_("Reader’s full name"), "Amara Nwosu", FOR_A_READER),
    "reader.call_name": Field(N_("What the reader is called"), "Amara", FOR_A_READER),
    "reader.job_title": Field(N_("Reader’s job title"), "Accounts Assistant", FOR_A_READER),
    "reader.department": Field(N_("Reader’s department"), "Customer Care", FOR_A_READER),
    "reader.site": Field(N_("Reader’s site"), "Mill Lane", FOR_A_READER),
    "reader.email": Field(N_("Reader’s e-mail"), "amara@example.org", FOR_A_READER),
    "reader.role": Field(N_("Reader’s role in the programme"), "mentor", OF_ONE_ROLE),
    "reader.is_mentor": Field(N_("The reader can be a mentor"), "yes", OF_ONE_ROLE, condition=True),
    "reader.is_mentee": Field(N_("The reader can be a mentee"), "yes", OF_ONE_ROLE, condition=True),
    # The other one of the pair
    "partner.name": Field(N_("Partner’s full name"), "Peter Lindqvist", TO_PARTNERS),
    "partner.call_name": Field(N_("What the partner is called"), "Peter", TO_PARTNERS),
    "partner.job_title": Field(N_("Partner’s job title"), "Head of Finance", TO_PARTNERS),
    "partner.department": Field(N_("Partner’s department"), "Finance", TO_PARTNERS),
    "partner.site": Field(N_("Partner’s site"), "Harbour House", TO_PARTNERS),
    "partner.email": Field(N_("Partner’s e-mail"), "peter@example.org", TO_PARTNERS),
    # Who takes part, on the note to the line manager
    "person.name": Field(N_("Full name of who takes part"), "Amara Nwosu", NOTE),
    "person.call_name": Field(N_("What who takes part is called"), "Amara", NOTE),
    "person.department": Field(N_("Department of who takes part"), "Customer Care", NOTE),
    "person.role": Field(N_("Role of who takes part"), "mentor", NOTE),
    "person.is_mentor": Field(N_("Takes part as mentor"), "yes", NOTE, condition=True),
    "person.is_mentee": Field(N_("Takes part as mentee"), "yes", NOTE, condition=True),
    # The pair
    "mentor.name": Field(N_("Mentor’s full name"), "Amara Nwosu", FOR_PAIRS),
    "mentor.call_name": Field(N_("What the mentor is called"), "Amara", FOR_PAIRS),
    "mentee.name": Field(N_("Mentee’s full name"), "Peter Lindqvist", FOR_PAIRS),
    "mentee.call_name": Field(N_("What the mentee is called"), "Peter", FOR_PAIRS),
    "mentor.brings": Field(
        N_("Topics the mentor brings"), "Safe passwords; Chat and video calls", FOR_PAIRS, many=True
    ),
    "mentee.brings": Field(
        N_("Topics the mentee brings"), "How decisions are made here; Negotiating", FOR_PAIRS,
        many=True,
    ),
    "reasons": Field(
        N_("Why these two"), "They work in different departments.", FOR_PAIRS, many=True
    ),
    "pair.code": Field(N_("Number of the pair"), "P017", FOR_PAIRS),
    "pair.aim": Field(N_("Shared aim"), "Understand each other’s work", FOR_PAIRS),
    "pair.first_meeting": Field(N_("Date of the first meeting"), "9 March 2026", FOR_PAIRS),
    "pair.meets_in_person": Field(
        N_("Both can meet in person"), "yes", FOR_PAIRS, condition=True
    ),
    "pair.meets_online": Field(N_("Both can meet online"), "yes", FOR_PAIRS, condition=True),
    "pair.same_site": Field(N_("Both work on the same site"), "yes", FOR_PAIRS, condition=True),
    "pair.two_sites": Field(
        N_("The two work on different sites"), "yes", FOR_PAIRS, condition=True
    ),
    "pair.sessions_held": Field(N_("Number of sessions held"), "3", FOR_PAIRS),
    "pair.sessions": Field(
        N_("Sessions held so far: date, minutes, topics"),
        "9 March 2026|60|Safe passwords; 8 April 2026|45|Negotiating", FOR_PAIRS, rows=True,
    ),
    "pair.actions": Field(
        N_("Agreed and not yet done"), "Try the shared calendar for two weeks", FOR_PAIRS, many=True
    ),
    "pair.cards": Field(
        N_("Conversation cards: topic, question"),
        "Safe passwords|Peter asks: Which habit would you keep if you could keep only one?; "
        "Negotiating|Amara asks: When did giving way bring you further?",
        frozenset({DocumentKind.CONVERSATION_CARDS}), rows=True,
    ),
    # The session log sheet and the interest form
    "session.number": Field(N_("Number of the session"), "2", SHEET),
    "form.code": Field(N_("Code of the sheet, for the QR code"), "RM1.P017.2.ABCDEFGH", SHEET),
    "topics.understanding": Field(
        N_("Topics of “Understanding each other”, with boxes"),
        "☐ ☐|Asking for help|☐ ☐|Handling disagreement", FORM, rows=True,
    ),
    "topics.digital": Field(
        N_("Topics of “Digital confidence”, with boxes"),
        "☐ ☐|Chat and video calls|☐ ☐|Keeping devices safe", FORM, rows=True,
    ),
    "topics.whole": Field(
        N_("Topics of “Seeing the whole”, with boxes"),
        "☐ ☐|How decisions are made here|☐ ☐|Negotiating", FORM, rows=True,
    ),
    # The programme
    "mentor.word": Field(N_("Word for mentor"), "mentor"),
    "mentee.word": Field(N_("Word for mentee"), "mentee"),
    "programme.name": Field(N_("Name of the programme"), "Spring programme"),
    "programme.aims": Field(N_("Aims of the programme"), "That people learn from one another."),
    "programme.shared_aim": Field(N_("Shared aim of every pair"), "Change one thing together"),
    "programme.start": Field(N_("Start of the programme"), "2 March 2026"),
    "programme.end": Field(N_("End of the programme"), "2 September 2026"),
    "programme.sessions": Field(N_("Number of sessions"), "6"),
    "programme.minutes": Field(N_("Minutes of a session"), "60"),
    "programme.session_plan": Field(
        N_("How many sessions of how many minutes"), "6 sessions of 60 minutes"
    ),
    "programme.hours": Field(N_("Hours of all sessions together"), "6"),
    "programme.briefing": Field(N_("Day and place of the briefing"), "27 February 2026"),
    "programme.reply_by": Field(N_("Interest forms due"), "26 January 2026"),
    "programme.midpoint": Field(N_("Day of the midpoint review"), "2 June 2026"),
    "programme.steps": Field(
        N_("Timeline: date, what"),
        "2 March 2026|Kick-off; 23 March 2026|First meetings held; 2 June 2026|Midpoint review",
        rows=True,
    ),
    # You said, we did
    "changes.done": Field(N_("Changes that are done"), "Board papers start in plain words", TOLD,
                          many=True),
    "changes.decided": Field(N_("Changes that are decided"), "Interviews in the evening, too", TOLD,
                             many=True),
    "changes.heard": Field(N_("What was heard and is looked at"), "A quiet room at Mill Lane", TOLD,
                           many=True),
    "programme.pairs": Field(N_("Number of pairs"), "20 pairs", TOLD),
    "programme.sessions_held": Field(
        N_("Number of sessions held by all pairs"), "61 sessions", TOLD
    ),
    # A gathering
    "gathering.name": Field(N_("Which gathering"), "Briefing", GATHERING),
    "gathering.date": Field(N_("Day of the gathering"), "27 February 2026", GATHERING),
    "gathering.place": Field(N_("Place of the gathering"), "Harbour House", GATHERING),
    "gathering.people": Field(
        N_("Who is expected: name, department, place to sign"),
        "Amara Nwosu|Customer Care|; Peter Lindqvist|Finance|", GATHERING, rows=True,
    ),
    # The certificate
    "certificate.sessions": Field(
        N_("Number of sessions that the reader held"), "5 sessions", CERTIFICATE
    ),
    "certificate.hours": Field(N_("Hours of these sessions"), "5 hours", CERTIFICATE),
    "certificate.topics": Field(N_("Topics of these sessions"), "Negotiating; Safe passwords",
                                CERTIFICATE, many=True),
    # The organisation
    "organisation.name": Field(N_("Name of the organisation"), "Lindenhof"),
    "organisation.sponsor": Field(N_("Sponsor"), "Helen Marsh, Chief Executive"),
    "coordinator.name": Field(N_("Your name, as coordinator"), "Ruth Adeyemi"),
    "support.contact": Field(N_("Whom to call"), "Ruth Adeyemi, extension 214"),
    "today": Field(N_("Date on the letter"), "2 March 2026"),
}  # fmt: skip


@cache
def offered(kind: DocumentKind) -> Mapping[str, Field]:
    """The fields that a kind of document offers, by name; asked for each field of a wording."""
    return {name: field for name, field in FIELDS.items() if kind in field.on}


def samples(kind: DocumentKind) -> dict[str, Value]:
    """A sample value of every field that a kind of document offers, for a preview without data."""
    return {name: field.example for name, field in offered(kind).items()}

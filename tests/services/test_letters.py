"""What stands on each document, whom it is for, what was issued, and what to mend before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop.domain import merging
from revmentor_desktop.domain.changes import Change, ChangeState
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.pairs import Pair, PairState
from revmentor_desktop.domain.printed import (
    PAIR_LETTERS,
    DocumentKind,
    IssuedDocument,
    Scope,
    Template,
)
from revmentor_desktop.domain.programmes import EnrolmentState, GatheringKind, Role
from revmentor_desktop.domain.questionnaires import Question, Questionnaire, Round, RoundKind
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.domain.topics import InterestKind
from revmentor_desktop.jobs.changed import changed as what_changed
from revmentor_desktop.services import (
    conversation,
    enrolments,
    gatherings,
    issued,
    letter_facts,
    letters,
    organisation,
    pages,
    pairs,
    preflight,
    programmes,
    questionnaires,
    staff,
    today,
    topics,
)
from revmentor_desktop.services.packs import Pack, Subject, people_named
from revmentor_desktop.services.shared_facts import Letter
from revmentor_desktop.store.workspace import Workspace
from tests import factory

DAY = factory.DAY


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("REVMENTOR_DATA_DIR", str(tmp_path / "data"))
    with factory.workspace(tmp_path) as made:
        yield made


@pytest.fixture
def pair_id(workspace: Workspace) -> int:
    """Ann and Bo are a pair of the only programme, which has the id 1."""

    def make(session: Session) -> int:
        programme_id = factory.programme(session)
        return factory.pair(session, programme_id)

    return workspace.write(make).value


def change(workspace: Workspace, kind: type, id_: int, **values: object) -> None:
    def set_all(session: Session) -> None:
        found = session.get_one(kind, id_)
        for name, value in values.items():
            setattr(found, name, value)

    workspace.write(set_all)


def made(workspace: Workspace, *kinds: DocumentKind, **chosen: object) -> list[Letter]:
    pack = Pack(1, kinds, chosen.pop("day", DAY), **chosen)  # type: ignore[arg-type]
    return workspace.read(letter_facts.letters, pack)


def one(workspace: Workspace, kind: DocumentKind, **chosen: object) -> Letter:
    [letter] = made(workspace, kind, **chosen)
    return letter


def log(workspace: Workspace, pair_id: int, **values: object) -> None:
    workspace.write(lambda session: factory.session_log(session, pair_id, **values))


# For whom


def test_each_side_reads_of_the_other(workspace: Workspace, pair_id: int) -> None:
    change(workspace, StaffMember, 2, preferred_name="Bobby", job_title="Director")
    to_mentor, to_mentee = made(workspace, *PAIR_LETTERS)
    assert to_mentor.values["reader.name"] == "Ann Ash"
    assert to_mentor.values["partner.call_name"] == "Bobby"
    assert to_mentor.values["partner.job_title"] == "Director"
    assert to_mentee.values["reader.name"] == "Bo Birch"
    assert to_mentee.values["partner.name"] == "Ann Ash"
    assert to_mentor.who == to_mentee.who == "P001 Ann Ash and Bo Birch"
    assert to_mentee.people == {"mentor": 1, "mentee": 2, "reader": 2, "partner": 1}


def test_letters_are_ordered_pair_by_pair_in_the_order_asked_for(workspace: Workspace) -> None:
    def make(session: Session) -> None:
        programme_id = factory.programme(session)
        factory.pair(session, programme_id)
        factory.pair(session, programme_id, "Cy Cole", "Di Dale")

    workspace.write(make)
    kinds = (DocumentKind.AGREEMENT, DocumentKind.TIMELINE, DocumentKind.MENTOR_LETTER)
    order = [(one.subject, one.kind) for one in made(workspace, *kinds)]
    first, second = Subject(Scope.PAIR, 1), Subject(Scope.PAIR, 2)
    assert order == [
        (first, DocumentKind.AGREEMENT), (first, DocumentKind.MENTOR_LETTER),
        (second, DocumentKind.AGREEMENT), (second, DocumentKind.MENTOR_LETTER),
        (Subject(Scope.PROGRAMME, 1), DocumentKind.TIMELINE),
    ]  # fmt: skip
    left = frozenset({(DocumentKind.AGREEMENT, first)})
    assert len(made(workspace, *kinds, left_out=left)) == 4


def test_an_invitation_is_for_those_who_have_not_answered(workspace: Workspace) -> None:
    def make(session: Session) -> None:
        factory.programme(session)
        states = (EnrolmentState.CANDIDATE, EnrolmentState.INVITED, EnrolmentState.DECLINED,
                  EnrolmentState.ENROLLED, EnrolmentState.INVITED)  # fmt: skip
        for name, state in zip("ABCDE", states, strict=True):
            who = factory.staff_member(session, f"{name} Zed")
            enrolments.enrol(session, 1, [who], Role.MENTOR, state)
        staff.mark_left(session, [5], DAY)

    workspace.write(make)
    found = made(workspace, DocumentKind.INVITATION, DocumentKind.INTEREST_FORM)
    assert [(one.who, one.kind.value) for one in found] == [
        ("A Zed", "invitation"), ("A Zed", "interest form"),
        ("B Zed", "invitation"), ("B Zed", "interest form"),
    ]  # fmt: skip
    assert found[0].values["reader.is_mentor"]
    assert not found[0].values["reader.is_mentee"]
    assert made(workspace, DocumentKind.INVITATION, people=(3,))[0].who == "C Zed"
    assert workspace.read(people_named, ["D Zed"]) == (4,)
    with pytest.raises(UserError, match="nobody with the name or staff number “F”"):
        workspace.read(people_named, ["F"])


def test_an_interest_form_lists_every_topic_once(workspace: Workspace) -> None:
    def make(session: Session) -> None:
        factory.programme(session)
        who = factory.staff_member(session)
        enrolments.enrol(session, 1, [who], Role.BOTH, EnrolmentState.CANDIDATE)

    workspace.write(make)
    letter = one(workspace, DocumentKind.INTEREST_FORM)
    listed = [
        name
        for benefit in ("understanding", "digital", "whole")
        for row in letter.values[f"topics.{benefit}"]
        for name in (row[1], row[3])
        if name
    ]
    every = [name for _value, name in workspace.read(topics.choices)]
    assert sorted(listed) == sorted(every)
    assert letter.values["reader.role"] == "mentor and mentee"


def test_a_note_goes_to_the_manager_and_speaks_of_the_person(workspace: Workspace) -> None:
    def make(session: Session) -> None:
        factory.programme(session)
        boss = factory.staff_member(session, "Max Boss")
        factory.enrolled(session, 1, "Ann Ash", Role.MENTOR, manager=boss)
        factory.enrolled(session, 1, "Bo Birch", Role.MENTEE)

    workspace.write(make)
    note, refused = made(workspace, DocumentKind.MANAGER_NOTE)
    assert note.values["reader.name"] == "Max Boss"
    assert note.values["person.name"] == "Ann Ash"
    assert note.values["person.role"] == "mentor"
    assert not note.refusal
    assert refused.refusal == "no line manager is recorded"
    assert "partner.name" not in note.values


def test_nobody_to_print_for_is_said_in_a_sentence(workspace: Workspace) -> None:
    workspace.write(lambda session: factory.programme(session))
    for kind, sentence in (
        (DocumentKind.AGREEMENT, "no pairs to print"),
        (DocumentKind.SIGN_IN, "no gathering"),
        (DocumentKind.CERTIFICATE, "nobody to print this for"),
    ):
        with pytest.raises(UserError, match=sentence):
            made(workspace, kind)
    with pytest.raises(UserError, match="Choose at least one document"):
        made(workspace)
    with pytest.raises(UserError, match="Pair P009"):
        made(workspace, DocumentKind.AGREEMENT, pairs=(9,))
    with pytest.raises(UserError, match="no longer in the file"):
        made(workspace, DocumentKind.INVITATION, people=(99,))


# What stands on them


@pytest.mark.parametrize(
    ("mentor", "mentee", "expected"),
    [
        (("online",), ("online", "in person"), {"pair.meets_online"}),
        (("in person",), ("in person",), {"pair.meets_in_person"}),
        (("online",), ("in person",), set()),
        ((), ("online",), set()),
    ],
)
def test_how_a_pair_can_meet_is_known_only_of_both(
    workspace: Workspace, pair_id: int, mentor: tuple[str], mentee: tuple[str], expected: set[str]
) -> None:
    change(workspace, StaffMember, 1, formats=mentor, site="Quay")
    change(workspace, StaffMember, 2, formats=mentee, site="Mill")
    values = one(workspace, DocumentKind.AGREEMENT).values
    assert {name for name in ("pair.meets_online", "pair.meets_in_person") if values[name]} == (
        expected
    )
    assert values["pair.two_sites"]
    assert not values["pair.same_site"]


def test_log_sheets_are_printed_for_the_sessions_still_to_come(
    workspace: Workspace, pair_id: int
) -> None:
    assert len(made(workspace, DocumentKind.SESSION_LOG)) == 6
    log(workspace, pair_id)
    sheets = made(workspace, DocumentKind.SESSION_LOG)
    assert [sheet.values["session.number"] for sheet in sheets] == ["2", "3", "4", "5", "6"]
    codes = [str(sheet.values["form.code"]) for sheet in sheets]
    assert all(code.startswith(f"RM1.P001.{at}.") for at, code in enumerate(codes, start=2))
    for _more in range(5):
        log(workspace, pair_id)
    [last] = made(workspace, DocumentKind.SESSION_LOG)
    assert last.values["session.number"] == "7", "an extra session has its sheet too"


def test_cards_have_questions_for_the_pairs_topics_and_all_three_benefits(
    workspace: Workspace, pair_id: int
) -> None:
    def offer(session: Session) -> None:
        topics.set_interest_names(
            session, 1, InterestKind.OFFERS, ("Safe passwords and personal data", "Our own thing")
        )
        topics.set_interest_names(session, 2, InterestKind.OFFERS, ("Negotiating",))

    workspace.write(offer)
    cards = one(workspace, DocumentKind.CONVERSATION_CARDS).values["pair.cards"]
    headings = [heading for heading, _text in cards]
    assert headings.count("Safe passwords and personal data") == 4
    assert headings.count("Negotiating") == 4
    assert {"Understanding each other", "Digital confidence", "Seeing the whole"} <= set(headings)
    by_topic = [text for heading, text in cards if heading == "Negotiating"]
    assert by_topic[0].startswith("Ann asks Bo: ")
    assert by_topic[2].startswith("Bo asks Ann: ")
    assert by_topic[3].startswith("Together: ")
    assert len(set(cards)) == len(cards)


def test_a_pair_without_topics_has_cards_of_every_benefit(workspace: Workspace) -> None:
    bank = workspace.read(conversation.bank, "en_GB")
    cards = conversation.cards(bank, "Ann", "Bo", (), ())
    assert len(cards) == 12
    assert len({heading for heading, _text in cards}) == 3


def test_the_midpoint_review_tells_sessions_and_what_is_left_to_do(
    workspace: Workspace, pair_id: int
) -> None:
    from revmentor_desktop.services.session_logs import ActionEntry

    actions = (ActionEntry("Visit the desk"), ActionEntry("Done thing", done_on=DAY))
    log(workspace, pair_id, minutes=45, topics=("Negotiating",), actions=actions)
    values = one(workspace, DocumentKind.MIDPOINT).values
    assert values["pair.sessions"] == (("2 Mar 2026", "45", "Negotiating"),)
    assert values["pair.actions"] == ("Visit the desk",)


def test_the_timeline_has_every_session_and_gathering_by_date(workspace: Workspace) -> None:
    def make(session: Session) -> None:
        factory.programme(session, mentor_word="Guide", sessions=4)
        gatherings.save(session, 1, None, GatheringKind.BRIEFING, date(2026, 2, 27), " The  Hall ")

    workspace.write(make)
    letter = one(workspace, DocumentKind.TIMELINE)
    rows = letter.values["programme.steps"]
    texts = [text for _day, text in rows]
    assert "Briefing, The Hall" in texts
    assert texts.count("Briefing") == 0, "the gathering takes the place of the step"
    assert sum(text.startswith("Session ") for text in texts) == 4
    assert texts.index("The programme begins") < texts.index("Session 2 of 4")
    assert "Propose pairs" not in texts
    assert letter.values["programme.briefing"] == "27 February 2026, The Hall"
    assert letter.values["mentor.word"] == "Guide"


def test_an_invitation_names_every_briefing_to_come(workspace: Workspace, pair_id: int) -> None:
    invited = workspace.write(staff.add, {"full_name": "Cy Cole"}).value
    invite = {"kind": DocumentKind.INVITATION, "people": (invited,)}
    workspace.write(enrolments.enrol, 1, [invited], Role.MENTOR, EnrolmentState.INVITED)

    def briefing() -> object:
        return one(workspace, **invite).values["programme.briefing"]  # type: ignore[arg-type]

    assert briefing() == "27 February 2026", "the step of the plan"
    workspace.write(gatherings.save, 1, None, GatheringKind.BRIEFING, date(2026, 2, 9), "Attic")
    assert briefing() == "9 February 2026, Attic"
    for day, place in ((date(2026, 3, 9), "Hall"), (date(2026, 3, 11), "")):
        workspace.write(gatherings.save, 1, None, GatheringKind.BRIEFING, day, place)
    assert briefing() == "9 March 2026, Hall or 11 March 2026"


@pytest.mark.parametrize(("sessions", "text"), [(1, "1 session of 45 minutes"),
                                                 (4, "4 sessions of 45 minutes")])  # fmt: skip
def test_one_session_is_no_plural(workspace: Workspace, sessions: int, text: str) -> None:
    def make(session: Session) -> None:
        factory.programme(session, sessions=sessions, minutes=45)

    workspace.write(make)
    assert one(workspace, DocumentKind.TIMELINE).values["programme.session_plan"] == text


def test_a_wording_that_cannot_be_printed_is_named(workspace: Workspace, pair_id: int) -> None:
    def spoil(session: Session) -> None:
        blocks = '{"title": "x", "blocks": [{"kind": "paragraph", "text": "{{mentr.name}}"}]}'
        session.add(Template(kind=DocumentKind.AGREEMENT, language="en_GB", version=1,
                             blocks=blocks, in_use=True))  # fmt: skip

    workspace.write(spoil)
    with pytest.raises(UserError, match=r"“Agreement” cannot be printed. Line 1: there is no fiel"):
        workspace.read(letters.documents, PAIR_LETTERS + (DocumentKind.AGREEMENT,), "en_GB")


def test_a_sign_in_sheet_is_without_those_who_objected(workspace: Workspace, pair_id: int) -> None:
    workspace.write(gatherings.save, 1, None, GatheringKind.BRIEFING, DAY, "Hall")
    change(workspace, StaffMember, 2, restricted=True)
    sheet = one(workspace, DocumentKind.SIGN_IN)
    assert sheet.values["gathering.people"] == (("Ann Ash", "", ""),)


def test_only_what_may_be_told_is_told(workspace: Workspace, pair_id: int) -> None:
    assert one(workspace, DocumentKind.YOU_SAID).refusal == "no change may be told yet"

    def make(session: Session) -> None:
        for text, state, told in (
            ("Open door", ChangeState.DONE, True),
            ("Secret", ChangeState.DONE, False),
            ("Shorter form", ChangeState.HEARD, True),
        ):
            session.add(Change(programme_id=1, text=text, heard_on=DAY, state=state,
                               owner="Bo Birch", may_be_told=told, pair_id=1))  # fmt: skip

    workspace.write(make)
    values = one(workspace, DocumentKind.YOU_SAID).values
    assert values["changes.done"] == ("Open door",)
    assert values["changes.heard"] == ("Shorter form",)
    assert values["changes.decided"] == ()
    assert "Secret" not in str(values)
    assert "Bo Birch" not in str(values)
    assert values["programme.pairs"] == "0 pairs", "only proposed"
    workspace.write(pairs.step, [pair_id], "confirm", DAY)
    log(workspace, pair_id)
    values = one(workspace, DocumentKind.YOU_SAID).values
    assert values["programme.pairs"] == "1 pair"
    assert values["programme.sessions_held"] == "1 session"


def test_a_mentor_circle_expects_the_mentors(workspace: Workspace, pair_id: int) -> None:
    workspace.write(gatherings.save, 1, None, GatheringKind.MENTOR_CIRCLE, DAY, "")
    workspace.write(gatherings.save, 1, None, GatheringKind.BRIEFING, date(2026, 2, 20), "Hall")
    circle = one(workspace, DocumentKind.SIGN_IN)
    assert circle.values["gathering.people"] == (("Ann Ash", "", ""),)
    later = one(workspace, DocumentKind.SIGN_IN, day=DAY + timedelta(days=9))
    assert later.subject == circle.subject, "where none is to come, the last one"
    briefing = one(workspace, DocumentKind.SIGN_IN, gatherings=(2,))
    assert len(briefing.values["gathering.people"]) == 2


def test_a_certificate_needs_the_briefing_and_enough_sessions(
    workspace: Workspace, pair_id: int
) -> None:
    mentor, mentee = made(workspace, DocumentKind.CERTIFICATE)
    assert mentor.refusal == "not recorded at a briefing; 0 sessions held, 4 needed"
    gathering = workspace.write(gatherings.save, 1, None, GatheringKind.BRIEFING, DAY, "Hall").value
    briefed(workspace, gathering, 1, 1)
    for _session in range(3):
        log(workspace, pair_id, topics=("Negotiating",), minutes=50)
    mentor, mentee = made(workspace, DocumentKind.CERTIFICATE)
    assert mentor.refusal == "3 sessions held, 4 needed"
    log(workspace, pair_id, topics=("Negotiating",), minutes=50)
    workspace.write(pairs.step, [pair_id], "complete", DAY)
    mentor, mentee = made(workspace, DocumentKind.CERTIFICATE)
    assert not mentor.refusal
    assert mentee.refusal == "not recorded at a briefing"
    assert mentor.values["certificate.sessions"] == "4 sessions"
    assert mentor.values["certificate.hours"] == "3.5 hours"
    assert mentor.values["certificate.topics"] == ("Negotiating",)
    values = workspace.read(programmes.record, 1) | {"certificate_sessions": 5}
    workspace.write(programmes.save, 1, values)
    assert one(workspace, DocumentKind.CERTIFICATE, people=(1,)).refusal == (
        "4 sessions held, 5 needed"
    )


# Issued


def issue(workspace: Workspace, *kinds: DocumentKind, day: date = DAY) -> int:
    return workspace.write(issued.record_pack, Pack(1, kinds, day)).value


def state(workspace: Workspace, kind: DocumentKind) -> issued.Issue:
    def read(session: Session) -> issued.Issue:
        wordings = letters.documents(session, [kind], "en_GB")
        pack = Pack(1, (kind,), DAY + timedelta(days=30))
        found = issued.read(session, pack, wordings)
        return issued.states(found)[kind, found.letters[0].subject]

    return workspace.read(read)


def test_what_was_printed_is_recorded_on_whom_it_is_for(workspace: Workspace, pair_id: int) -> None:
    workspace.write(gatherings.save, 1, None, GatheringKind.BRIEFING, DAY, "Hall")
    kinds = (DocumentKind.SESSION_LOG, DocumentKind.SIGN_IN, DocumentKind.TIMELINE)
    assert issue(workspace, *kinds) == 3, "six sheets of one pair are one document"

    def read(session: Session) -> list[tuple[object, ...]]:
        columns = (IssuedDocument.kind, IssuedDocument.pair_id, IssuedDocument.gathering_id,
                   IssuedDocument.staff_id, IssuedDocument.issued_on)  # fmt: skip
        return [tuple(row) for row in session.execute(select(*columns))]

    assert workspace.read(read) == [
        (DocumentKind.SESSION_LOG, 1, None, None, DAY),
        (DocumentKind.SIGN_IN, None, 1, None, DAY),
        (DocumentKind.TIMELINE, None, None, None, DAY),
    ]


def test_papers_stand_on_the_page_of_whom_they_are_for(workspace: Workspace, pair_id: int) -> None:
    issue(workspace, DocumentKind.AGREEMENT)
    issue(workspace, DocumentKind.AGREEMENT)
    printed = (("Agreement", "printed on 2 March 2026"),)
    assert workspace.read(pages.pair_page, pair_id).papers == printed
    assert workspace.read(pages.person_page, 1, 1, DAY).papers == ()
    invitation = Pack(1, (DocumentKind.INVITATION,), DAY, people=(1,))
    workspace.write(issued.record_pack, invitation)
    assert workspace.read(pages.person_page, 1, 1, DAY).papers == (
        ("Invitation", "printed on 2 March 2026"),
    )


def test_a_letter_has_changed_when_its_facts_or_its_wording_have(
    workspace: Workspace, pair_id: int
) -> None:
    letter = DocumentKind.MENTOR_LETTER
    assert state(workspace, letter) == issued.Issue("missing")
    issue(workspace, *PAIR_LETTERS)
    assert state(workspace, letter) == issued.Issue("same", DAY), "another day changes nothing"
    assert what_changed(workspace, 1, DAY)[1] == 0
    change(workspace, StaffMember, 1, site="Somewhere")
    assert state(workspace, letter).state == "changed"
    change(workspace, StaffMember, 1, site="")
    assert state(workspace, letter).state == "same"

    def reword(session: Session) -> None:
        session.add(Template(kind=letter, language="en_GB", version=1,
                             blocks='{"title": "x", "blocks": [{"text": "Dear {{reader.name}}"}]}'
                             ))  # fmt: skip

    workspace.write(reword)
    assert state(workspace, letter).state == "changed"
    pack, count = what_changed(workspace, 1, DAY)
    assert count == 1
    assert pack.kinds == PAIR_LETTERS
    workspace.write(issued.record_pack, pack)
    assert what_changed(workspace, 1, DAY)[1] == 0


def test_today_knows_who_lacks_a_letter(workspace: Workspace, pair_id: int) -> None:
    def needs() -> dict[str, tuple[int, ...]]:
        return {need.kind: need.ids for need in workspace.read(today.page, 1, DAY).needs}

    assert "letters" not in needs(), "a proposed pair is asked first"
    workspace.write(pairs.step, [pair_id], "confirm", DAY)
    assert needs()["letters"] == (pair_id,)
    issue(workspace, DocumentKind.MENTOR_LETTER, DocumentKind.AGREEMENT)
    assert needs()["letters"] == (pair_id,), "the mentee has none"
    issue(workspace, DocumentKind.MENTEE_LETTER)
    assert "letters" not in needs()


def test_today_knows_who_is_to_be_invited(workspace: Workspace) -> None:
    def make(session: Session) -> int:
        factory.programme(session)
        who = factory.staff_member(session)
        enrolments.enrol(session, 1, [who], Role.MENTOR, EnrolmentState.INVITED)
        return who

    who = workspace.write(make).value
    needs = {need.kind: need for need in workspace.read(today.page, 1, DAY).needs}
    assert needs["invitations"].ids == (who,)
    assert needs["invitations"].detail == "Ann Ash"
    issue(workspace, DocumentKind.INVITATION)
    kinds = {need.kind for need in workspace.read(today.page, 1, DAY).needs}
    assert "invitations" not in kinds


def test_a_stack_of_agreements_is_ticked_off(workspace: Workspace, pair_id: int) -> None:
    assert workspace.read(issued.agreements_out, 1) == []
    workspace.write(pairs.step, [pair_id], "start", DAY)
    assert [row.id for row in workspace.read(issued.agreements_out, 1)] == [pair_id]
    later = DAY + timedelta(days=30)
    assert "agreements" in {need.kind for need in workspace.read(today.page, 1, later).needs}
    assert workspace.write(issued.tick_off_agreements, [pair_id], later).value == 1
    assert workspace.read(issued.agreements_out, 1) == []
    assert workspace.write(issued.tick_off_agreements, [pair_id], DAY).value == 0
    assert workspace.read(pairs.pair_rows, [pair_id])[0].agreement_on == later
    workspace.write(programmes.close, 1, later)
    with pytest.raises(UserError, match="is closed"):
        workspace.write(issued.tick_off_agreements, [pair_id], later)


# Preflight


def rows(workspace: Workspace, *kinds: DocumentKind) -> list[preflight.PreflightRow]:
    def read(session: Session) -> list[preflight.PreflightRow]:
        wordings = letters.documents(session, kinds, "en_GB")
        found = issued.read(session, Pack(1, kinds, DAY), wordings)
        return preflight.rows(found, found.letters)

    return workspace.read(read)


def test_preflight_names_the_gap_and_whose_record_fills_it(
    workspace: Workspace, pair_id: int
) -> None:
    def reword(session: Session) -> None:
        text = "{{partner.email}} {{reader.site}} {{pair.aim}} {{programme.aims}}"
        blocks = f'{{"blocks": [{{"text": "{text}"}}]}}'
        session.add(
            Template(kind=DocumentKind.MENTOR_LETTER, language="en_GB", blocks=blocks, version=1)
        )

    workspace.write(reword)
    [row] = rows(workspace, DocumentKind.MENTOR_LETTER)
    found = {problem.text: (problem.staff_id, problem.pair_id) for problem in row.problems}
    assert found == {
        "Partner’s e-mail: missing": (2, None),
        "Reader’s site: missing": (1, None),
        "Shared aim: missing": (None, 1),
        "Aims of the programme: missing": (None, None),
    }
    assert row.needs_her
    assert not row.stops


def test_preflight_says_what_was_printed_and_what_cannot_be(
    workspace: Workspace, pair_id: int
) -> None:
    issue(workspace, DocumentKind.AGREEMENT)
    agreement, first, second = rows(workspace, DocumentKind.AGREEMENT, DocumentKind.CERTIFICATE)
    assert [problem.text for problem in agreement.problems] == [
        "printed on 2 March 2026, unchanged"
    ]
    assert not agreement.needs_her
    assert first.stops
    assert first.problems[0].staff_id == 1
    assert second.problems[0].what == "refused"


def test_six_sheets_of_a_pair_are_one_row(workspace: Workspace, pair_id: int) -> None:
    assert len(rows(workspace, DocumentKind.SESSION_LOG)) == 1


def outstanding(workspace: Workspace, kind: DocumentKind = DocumentKind.MENTOR_LETTER) -> list[int]:
    def read(session: Session) -> list[int]:
        found = letter_facts.letters(session, Pack(1, (kind,), DAY))
        return preflight.baselines_outstanding(session, 1, found)

    return workspace.read(read)


def test_names_are_not_revealed_before_the_baseline_unasked(
    workspace: Workspace, pair_id: int
) -> None:
    assert outstanding(workspace) == [1, 2]
    assert outstanding(workspace, DocumentKind.TIMELINE) == [], "it names nobody"

    def answer(session: Session) -> None:
        asked = session.scalars(select(Round.id).where(Round.kind == RoundKind.BASELINE)).one()
        question = session.scalars(select(Question.id).join(Questionnaire)).first()
        assert question is not None
        questionnaires.record(session, asked, 1, {question: 3}, DAY)

    workspace.write(answer)
    assert outstanding(workspace) == [2]
    issue(workspace, DocumentKind.MENTOR_LETTER)
    assert outstanding(workspace) == [], "they know already"


def test_who_has_met_is_not_asked_about_the_baseline(workspace: Workspace, pair_id: int) -> None:
    workspace.write(pairs.step, [pair_id], "start", DAY)
    assert outstanding(workspace) == []


def test_letters_name_pairs_that_have_not_both_said_yes(workspace: Workspace, pair_id: int) -> None:
    def undecided(kind: DocumentKind = DocumentKind.MENTOR_LETTER) -> list[int]:
        def read(session: Session) -> list[int]:
            made = letter_facts.letters(session, Pack(1, (kind,), DAY))
            return preflight.undecided(session, made)

        return workspace.read(read)

    def set_state(session: Session, state: PairState) -> None:
        pairs.find(session, pair_id).state = state

    for state, found in (
        (PairState.PROPOSED, [pair_id]), (PairState.ASKED, [pair_id]), (PairState.CONFIRMED, []),
    ):  # fmt: skip
        workspace.write(set_state, state)
        assert undecided() == found
    workspace.write(set_state, PairState.PROPOSED)
    assert undecided(DocumentKind.TIMELINE) == [], "it names nobody"


@pytest.mark.parametrize("kind", [*PAIR_LETTERS, DocumentKind.TIMELINE])
def test_letters_that_nobody_signs_are_found_and_close_with_the_organisation(
    workspace: Workspace, pair_id: int, kind: DocumentKind
) -> None:
    def unsigned(session: Session) -> bool:
        wordings = letters.documents(session, (kind,), "en_GB")
        made = letter_facts.letters(session, Pack(1, (kind,), DAY))
        if kind in PAIR_LETTERS:
            last = list(merging.shown(wordings[kind], made[0].values))[-1]
            name = made[0].values["coordinator.name"]
            assert (last.kind == "signatures") == bool(name)
        return preflight.is_unsigned(made, wordings)

    workspace.write(organisation.save_settings, {"coordinator": "Mo Prendergast"})
    assert not workspace.read(unsigned)
    workspace.write(organisation.save_settings, {"coordinator": ""})
    assert workspace.read(unsigned) == (kind in PAIR_LETTERS)


# Gatherings


def briefed(workspace: Workspace, gathering_id: int, *came: int) -> None:
    workspace.write(gatherings.save, 1, gathering_id, GatheringKind.BRIEFING, DAY, "Hall", came)


def test_a_gathering_keeps_who_came(workspace: Workspace, pair_id: int) -> None:
    gathering = workspace.write(gatherings.save, 1, None, GatheringKind.BRIEFING, DAY, "Hall").value
    briefed(workspace, gathering, 2)
    assert workspace.read(gatherings.attendance, 1, gathering, GatheringKind.BRIEFING) == [
        (1, "Ann Ash", False), (2, "Bo Birch", True),
    ]  # fmt: skip
    workspace.write(enrolments.set_state, 1, [2], EnrolmentState.WITHDRAWN)
    known = workspace.read(gatherings.attendance, 1, gathering, GatheringKind.BRIEFING)
    assert [came for _id, _name, came in known] == [False, True]
    [row] = workspace.read(gatherings.rows, 1)
    assert (row.kind, row.held_on, row.place, row.came) == (
        GatheringKind.BRIEFING, DAY, "Hall", 1,
    )  # fmt: skip
    workspace.write(gatherings.save, 1, gathering, GatheringKind.CLOSING, DAY, "Elsewhere")
    assert workspace.read(gatherings.rows, 1)[0].place == "Elsewhere"
    workspace.write(gatherings.delete, gathering)
    assert workspace.read(gatherings.rows, 1) == []
    with pytest.raises(UserError, match="no longer in the file"):
        briefed(workspace, gathering, 1)


def test_a_pair_that_ended_is_not_printed_any_more(workspace: Workspace, pair_id: int) -> None:
    change(workspace, Pair, pair_id, state=PairState.DECLINED)
    with pytest.raises(UserError, match="no pairs to print"):
        made(workspace, DocumentKind.AGREEMENT)

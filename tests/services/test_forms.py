"""What stands on a form: the session that comes next, the topics of this pair, a token of ours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from revmentor_desktop.domain.organisation import Organisation
from revmentor_desktop.domain.pairs import Pair
from revmentor_desktop.domain.programmes import Role
from revmentor_desktop.domain.returns import KEY_BYTES, FormKind, FormToken, read_token
from revmentor_desktop.domain.session_logs import SessionState
from revmentor_desktop.domain.topics import Benefit, InterestKind, Topic
from revmentor_desktop.services import forms, organisation, topics
from revmentor_desktop.store.workspace import Workspace
from tests import factory


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("REVMENTOR_DATA_DIR", str(tmp_path / "data"))
    with factory.workspace(tmp_path) as made:
        yield made


def programme_with_a_pair(session: Session) -> tuple[int, int]:
    programme_id = factory.programme(session, sessions=4, mentor_word="Guide")
    return programme_id, factory.pair(session, programme_id)


def test_a_new_file_has_a_key_of_its_own(workspace: Workspace, tmp_path: Path) -> None:
    key = workspace.read(forms.form_key)
    assert len(key) == KEY_BYTES
    with factory.workspace(tmp_path, "Other") as other:
        assert other.read(forms.form_key) != key
    workspace.write(forms.ensure_key, bytes(KEY_BYTES))
    assert workspace.read(forms.form_key) == key, "a key is never changed"


def test_no_undo_takes_the_key_away(workspace: Workspace) -> None:
    workspace.write(lambda session: session.execute(update(Organisation).values(form_key=None)))
    workspace.record_inverses()
    edit = workspace.write(organisation.save_settings, {"coordinator": "Ruth"})
    key = bytes(range(KEY_BYTES))
    made = workspace.write(forms.ensure_key, key)
    assert edit.inverse is not None
    workspace.replay(edit.inverse, "undo")
    assert workspace.read(organisation.settings)["coordinator"] == ""
    assert workspace.read(forms.form_key) == key
    assert made.inverse is not None
    workspace.replay(made.inverse, "undo")
    assert workspace.read(forms.form_key) == key


def test_the_form_is_for_the_session_that_comes_next(workspace: Workspace) -> None:
    _programme_id, pair_id = workspace.write(programme_with_a_pair).value
    (form,) = workspace.read(forms.session_forms, [pair_id])
    assert (form.number, form.sessions, form.code) == (1, 4, f"P{pair_id:03d}")
    assert form.names == "Ann Ash and Bo Birch"
    assert (form.mentor_word, form.mentee_word) == ("Guide", "Mentee")
    workspace.write(factory.session_log, pair_id)
    workspace.write(factory.session_log, pair_id, state=SessionState.MISSED)
    (form,) = workspace.read(forms.session_forms, [pair_id])
    assert form.number == 2, "a session that was missed is still to be held"
    key = workspace.read(forms.form_key)
    assert read_token(key, form.token) == FormToken(FormKind.SESSION, pair_id, 2)


def test_a_form_for_each_session_that_is_asked_for(workspace: Workspace) -> None:
    _programme_id, pair_id = workspace.write(programme_with_a_pair).value
    made = workspace.read(forms.session_forms, [pair_id], [1, 2, 5])
    assert [form.number for form in made] == [1, 2, 5]
    assert [form.sessions for form in made] == [4, 4, 5]
    assert len({form.token for form in made}) == 3


def test_the_topics_are_those_of_the_pair_and_mutual_ones_come_first(workspace: Workspace) -> None:
    def build(session: Session) -> int:
        _programme_id, pair_id = programme_with_a_pair(session)
        pair = session.get_one(Pair, pair_id)
        for who, kind, names in (
            (pair.mentor_id, InterestKind.OFFERS, "Alpha, Zulu"),
            (pair.mentee_id, InterestKind.OFFERS, "Mike"),
            (pair.mentee_id, InterestKind.WANTS, "Zulu, Nobody offers this"),
        ):
            topics.set_interest_names(session, who, kind, names)
        return pair_id

    pair_id = workspace.write(build).value
    (form,) = workspace.read(forms.session_forms, [pair_id])
    assert [topic.name for topic in form.topics] == ["Zulu", "Alpha", "Mike"]
    names = dict(workspace.read(_topics))
    assert all(names[topic.id] == topic.name for topic in form.topics)


def _topics(session: Session) -> list[tuple[int, str]]:
    return [(id_, name) for id_, name in session.execute(select(Topic.id, Topic.name))]


def test_an_interest_form_lists_the_library_and_the_day(workspace: Workspace) -> None:
    def build(session: Session) -> tuple[int, int]:
        programme_id = factory.programme(session)
        staff_id = factory.enrolled(session, programme_id, "Cy Cedar", Role.MENTOR)
        session.execute(update(Topic).where(Topic.name == "Negotiating").values(retired=True))
        return programme_id, staff_id

    programme_id, staff_id = workspace.write(build).value
    (form,) = workspace.read(forms.interest_forms, programme_id, [staff_id])
    assert form.name == "Cy Cedar"
    due = factory.DAY - timedelta(days=35)
    assert form.due == f"{due.day} January {due.year}"
    assert form.coordinator == "the coordinator"
    assert [benefit for benefit, _topics in form.topics] == list(Benefit)
    listed = [topic.name for _benefit, some in form.topics for topic in some]
    assert "Negotiating" not in listed
    assert len(listed) == len(workspace.read(_topics)) - 1
    key = workspace.read(forms.form_key)
    assert read_token(key, form.token) == FormToken(FormKind.INTEREST, staff_id, programme_id)

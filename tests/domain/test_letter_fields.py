"""Which document offers which field, and what becomes of a template that meets its values."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revmentor_desktop import resources
from revmentor_desktop.domain import merging
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.letter_fields import FIELDS, offered, samples
from revmentor_desktop.domain.printed import (
    DOCUMENT_NAMES,
    OCCASIONS,
    SCOPES,
    DocumentKind,
    Scope,
)
from revmentor_desktop.domain.templates import Document, load

FORBIDDEN = re.compile(
    r"\b(older|younger|senior|junior|tech gap|prejudice|stereotype|generation|millennial|boomer"
    r"|unmatched|fit)\b"
)


def shipped(kind: DocumentKind) -> str:
    name = f"{kind.value.replace(' ', '_')}.json"
    return resources.path("letters", "en_GB", name).read_text("utf-8")


def document(*blocks: dict[str, object], kind: DocumentKind | None = None) -> Document:
    return load(json.dumps({"title": "x", "blocks": blocks}), 0, kind)


@pytest.mark.parametrize("kind", DocumentKind)
def test_the_shipped_wording_names_only_what_its_document_offers(kind: DocumentKind) -> None:
    found = load(shipped(kind), 0, kind)
    assert found.blocks
    assert not FORBIDDEN.findall(shipped(kind).casefold())


@pytest.mark.parametrize("kind", DocumentKind)
def test_the_shipped_wording_leaves_no_gap_where_all_is_known(kind: DocumentKind) -> None:
    assert not merging.missing(load(shipped(kind), 0, kind), samples(kind))


@pytest.mark.parametrize("kind", DocumentKind)
def test_the_shipped_wording_leaves_no_gap_where_only_the_names_are_known(
    kind: DocumentKind,
) -> None:
    bare = {
        name: value if name.endswith((".name", "call_name", ".word")) else ""
        for name, value in samples(kind).items()
    }
    known = {
        "coordinator.name", "organisation.name", "programme.start", "programme.end", "today",
        "programme.session_plan", "programme.minutes", "programme.hours", "pair.code",
        "session.number", "form.code", "gathering.date", "programme.pairs",
        "programme.sessions_held", "certificate.sessions", "certificate.hours",
    }  # fmt: skip
    always = {name: value for name, value in samples(kind).items() if name in known}
    rows = {name for name, field in FIELDS.items() if field.rows}
    gaps = set(merging.missing(load(shipped(kind), 0, kind), {**bare, **always})) - rows
    assert not gaps


def test_every_document_has_a_name_a_scope_and_an_occasion() -> None:
    assert set(DOCUMENT_NAMES) == set(SCOPES) == set(DocumentKind)
    listed = [kind for kinds in OCCASIONS.values() for kind in kinds]
    assert sorted(listed, key=str) == sorted(DocumentKind, key=str)


def test_a_field_of_another_document_is_refused_with_its_line() -> None:
    blocks = {"kind": "paragraph", "text": "Dear {{partner.name}}"}
    assert document(blocks, kind=DocumentKind.MENTOR_LETTER).blocks
    with pytest.raises(UserError, match="Line 1: .*partner.name.*Certificate"):
        document(blocks, kind=DocumentKind.CERTIFICATE)
    with pytest.raises(UserError, match="partner.name"):
        document({"kind": "space", "when": "partner.name"}, kind=DocumentKind.SIGN_IN)


@pytest.mark.parametrize("kind", DocumentKind)
def test_a_sample_has_the_shape_that_its_field_says(kind: DocumentKind) -> None:
    values = samples(kind)
    assert set(values) == set(offered(kind))
    for name, field in offered(kind).items():
        value = values[name]
        if field.rows:
            assert len({len(row) for row in value}) == 1
            assert all(isinstance(row, tuple) for row in value)
        elif field.many:
            assert isinstance(value, tuple)
            assert all(isinstance(item, str) and item for item in value)
        else:
            assert isinstance(value, str)
            assert value


def test_partners_stand_only_on_letters_of_a_pair() -> None:
    for kind in DocumentKind:
        if SCOPES[kind] is not Scope.PAIR:
            assert not {"partner.name", "mentor.name", "mentee.name"} & set(offered(kind))


def test_a_condition_hides_a_block_and_what_it_would_have_said() -> None:
    made = document(
        {"text": "Meet online, {{mentor.call_name}}.", "when": "pair.meets_online"},
        {"text": "Meet at {{partner.site}}.", "unless": "pair.meets_online"},
        {"kind": "bullets", "text": "{{reasons}}", "when": "reasons"},
    )
    online = {"pair.meets_online": "yes", "mentor.call_name": "Ann"}
    assert merging.said(made, online) == {"mentor.call_name": "Ann"}
    assert merging.missing(made, online) == []
    assert merging.missing(made, {"partner.site": ""}) == ["partner.site"]
    assert merging.missing(made, {"partner.site": "Quay"}) == []


def test_an_address_may_lack_every_line_but_the_first() -> None:
    made = document(
        {"kind": "address", "lines": ["{{reader.name}}", "{{reader.department}}"]},
    )
    assert merging.missing(made, {"reader.name": "Ann"}) == []
    assert merging.missing(made, {"reader.department": "IT"}) == ["reader.name"]


def test_the_digest_knows_what_is_on_paper_and_not_the_day() -> None:
    made = document({"text": "{{today}}: {{mentor.name}}"})
    first = {"today": "2 March 2026", "mentor.name": "Ann", "mentee.name": "Bo"}
    digest = merging.digest(made, first)
    assert merging.digest(made, {**first, "today": "3 March 2026"}) == digest
    assert merging.digest(made, {**first, "mentee.name": "Cy"}) == digest, "not on this paper"
    assert merging.digest(made, {**first, "mentor.name": "Bo"}) != digest


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text(max_size=8), max_size=12))
def test_what_is_missing_is_never_among_what_is_said(values: dict[str, str]) -> None:
    for kind in (DocumentKind.MENTEE_LETTER, DocumentKind.CERTIFICATE, DocumentKind.MIDPOINT):
        made = load(shipped(kind), 0, kind)
        said = {name for name, value in merging.said(made, values).items() if value}
        assert not said & set(merging.missing(made, values))
        assert said <= set(merging.used(made, values))


def test_the_conversation_bank_has_questions_for_every_topic_both_ways() -> None:
    bank = json.loads(resources.path("letters", "en_GB", "conversation.json").read_text("utf-8"))
    topics = json.loads(resources.path("topics", "en_GB.json").read_text("utf-8"))["topics"]
    assert set(bank["topics"]) == {topic["key"] for topic in topics}
    assert set(bank["benefits"]) == {topic["benefit"] for topic in topics}
    for entry in bank["topics"].values():
        assert len(entry["ask"]) == 2
        assert len(entry["back"]) == len(entry["do"]) == 1
        assert all(len(text) <= 100 for texts in entry.values() for text in texts)
        assert all(text.endswith("?") for text in entry["ask"] + entry["back"])
    assert not FORBIDDEN.findall(json.dumps(bank).casefold())

"""The token of a form: signed, read back, also as typed from paper; anything else is refused."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revmentor_desktop.domain import returns
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.returns import (
    FormKind,
    FormToken,
    UnknownForm,
    WrongSignature,
    make_token,
    read_token,
)

KEY = bytes(range(32))
forms = st.builds(
    FormToken, st.sampled_from(FormKind), st.integers(1, 10**9), st.integers(1, 10**6)
)


def test_the_token_is_what_stands_on_paper() -> None:
    token = make_token(KEY, FormToken(FormKind.SESSION, 17, 3))
    assert token.startswith("RM1.P017.3.")
    assert len(token.rpartition(".")[2]) == 16
    assert make_token(KEY, FormToken(FormKind.INTEREST, 4, 1)).startswith("RM1.S004.1.")


def test_the_signature_is_hmac_sha256_over_the_rest() -> None:
    import base64
    import hashlib
    import hmac

    digest = hmac.new(KEY, b"RM1.P017.3", hashlib.sha256).digest()
    expected = base64.b32encode(digest[:10]).decode()
    assert make_token(KEY, FormToken(FormKind.SESSION, 17, 3)) == f"RM1.P017.3.{expected}"


@given(forms, st.binary(min_size=32, max_size=32))
def test_a_token_is_read_back(form: FormToken, key: bytes) -> None:
    assert read_token(key, make_token(key, form)) == form


@given(forms)
def test_a_token_may_be_typed(form: FormToken) -> None:
    token = make_token(KEY, form)
    head, _dot, signature = token.rpartition(".")
    typed = signature.replace("O", "0").replace("I", "1").replace("B", "8").lower()
    assert read_token(KEY, f" {head.lower()}.\n{typed[:8]} {typed[8:]} ") == form


@given(forms, st.integers(0, 15), st.sampled_from(string.ascii_uppercase + "234567"))
def test_any_other_signature_is_refused(form: FormToken, at: int, letter: str) -> None:
    head, _dot, signature = make_token(KEY, form).rpartition(".")
    other = signature[:at] + letter + signature[at + 1 :]
    if other == signature:
        return
    with pytest.raises(WrongSignature, match="not made with this programme"):
        read_token(KEY, f"{head}.{other}")


def test_a_changed_pair_or_session_is_refused() -> None:
    token = make_token(KEY, FormToken(FormKind.SESSION, 17, 3))
    for changed in (token.replace("P017", "P018"), token.replace(".3.", ".4."),
                    token.replace("P017", "S017"), token.replace("P017", "P17")):  # fmt: skip
        if changed.startswith("RM1.P17."):
            assert read_token(KEY, changed).subject_id == 17, "leading noughts may be left out"
        else:
            with pytest.raises(WrongSignature):
                read_token(KEY, changed)


def test_another_files_form_is_told_from_no_form_of_ours() -> None:
    token = make_token(bytes(32), FormToken(FormKind.SESSION, 17, 3))
    with pytest.raises(WrongSignature):
        read_token(KEY, token)
    for text in ("", "RM1", "RM2" + token[3:], token[:-1], token + "A", "RM1.X017.3." + "A" * 16):
        with pytest.raises(UnknownForm, match="not a form made by"):
            read_token(KEY, text)


@given(st.text())
def test_whatever_is_read_is_refused_in_words(text: str) -> None:
    with pytest.raises(UserError):
        read_token(KEY, text)


@given(st.text(max_size=40))
def test_values_are_kept_as_text_however_they_are_written(text: str) -> None:
    plain = returns.plain_text(text)
    assert returns.plain_text(plain) == plain
    assert "\r" not in plain
    assert "\x1b" not in plain
    assert returns.plain_text([text]) == plain


def test_what_programs_do_to_a_value_is_undone() -> None:
    assert returns.plain_text("a\r\nb\rc") == "a\nb\nc"
    assert returns.plain_text("\x1ben\x1bZoe\u0308") == "Zoë"
    assert returns.plain_text([]) == ""
    assert returns.plain_text(["online", "x"]) == "online"


def test_topics_are_found_by_their_fields() -> None:
    values = {
        returns.topic_field(7): "Yes", returns.topic_field(8): "Off", returns.offer_field(9): "Yes",
        "topic_x": "Yes", returns.OTHER_TOPICS: "x", returns.level_field(9): "3",
    }  # fmt: skip
    assert returns.topics_of(values, "topic") == {7: "Yes"}
    assert returns.topics_of(values, "offers") == {9: "Yes"}
    assert returns.topics_of(values, "level") == {9: "3"}

"""Names, keys and what makes a person the same in every order of rows."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revmentor_desktop.domain.base import clean, fold
from revmentor_desktop.domain.staff import StaffMember, folded_keys, split_name


@pytest.mark.parametrize(
    ("full", "given_name", "family"),
    [
        ("Jane Doe", "Jane", "Doe"),
        ("Doe, Jane", "Jane", "Doe"),
        ("Dr Jane van der Berg", "Jane", "van der Berg"),
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
        ("Prof. Dr. Ana María de la Cruz", "Ana María", "de la Cruz"),
        ("Cher", "Cher", ""),
        ("Dr", "Dr", ""),
        ("محمد العلي", "محمد", "العلي"),
    ],
)
def test_a_name_is_split_for_sorting_and_greeting(full: str, given_name: str, family: str) -> None:
    assert split_name(full) == (given_name, family)


@given(st.text())
def test_splitting_never_fails_nor_invents(full: str) -> None:
    first, last = split_name(full)
    letters = set(full)
    assert set(first + last) <= letters | {" "}
    assert len(first) + len(last) <= len(full)


def test_the_stable_key_prefers_number_then_email_then_name_and_start() -> None:
    who = StaffMember(
        full_name="Zoë Ł", staff_number="17", email="Z@x.org", start_date=date(2020, 1, 2)
    )
    assert who.stable_key == "n:17"
    who.staff_number = None
    assert who.stable_key == "e:z@x.org"
    who.email = ""
    assert who.stable_key == "p:zoë ł:2020-01-02"


def test_a_birth_date_has_no_place() -> None:
    columns = StaffMember.__table__.columns.keys()
    assert [name for name in columns if "birth" in name] == ["birth_year"]


def test_keys_fold_every_script() -> None:
    keys = folded_keys(
        {"full_name": "ÉMILE Straße", "given_name": "ÉMILE", "family_name": "Straße"}
    )
    assert keys["name_key"] == "strasse emile"
    assert (
        folded_keys({"staff_number": "7"})["number_key"]
        < folded_keys({"staff_number": "12"})["number_key"]
    )


@given(st.text())
def test_cleaned_text_has_no_control_characters_and_stays_clean(text: str) -> None:
    once = clean(text)
    assert "\x00" not in once
    assert clean(once) == once


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)

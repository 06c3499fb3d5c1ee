"""Four presets come with the program, and she keeps her own beside them."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.matching.rules import Rules
from revmentor_desktop.services import presets


def test_a_shipped_preset_changes_the_weights_and_no_rule(session: Session) -> None:
    current = Rules(manager_depth=99, level_apart=False, weight_wanted=1, weight_wishes=77)
    shipped = presets.rows(session, current)
    assert [row.name for row in shipped] == [
        "Balanced", "Digital upskilling", "Perspective", "Building bridges",
    ]  # fmt: skip
    for row in shipped:
        assert (row.rules.manager_depth, row.rules.level_apart) == (99, False)
        assert row.rules.weight_wishes == Rules().weight_wishes
    assert len({row.rules for row in shipped}) == 4


def test_an_own_preset_is_kept_renamed_changed_and_deleted(session: Session) -> None:
    kept = Rules(weight_level=90, manager_depth=99)
    id_ = presets.save(session, "  Board  round ", kept)
    [own] = presets.rows(session, Rules())[4:]
    assert (own.id, own.name, own.rules) == (id_, "Board round", kept)
    presets.rename(session, id_, "Board")
    presets.change(session, id_, Rules(weight_level=80))
    [own] = presets.rows(session, Rules())[4:]
    assert (own.name, own.rules.weight_level) == ("Board", 80)
    presets.delete(session, id_)
    assert len(presets.rows(session, Rules())) == 4
    with pytest.raises(UserError, match="no longer in the file"):
        presets.rename(session, id_, "Again")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [(" ", "needs a name"), ("balanced", "already"), ("board", "already"), ("x" * 61, "too long")],
)
def test_a_name_is_refused_in_words(session: Session, name: str, sentence: str) -> None:
    presets.save(session, "Board", Rules())
    with pytest.raises(UserError, match=sentence):
        presets.save(session, name, Rules())


def test_a_preset_keeps_its_own_name_when_it_is_typed_otherwise(session: Session) -> None:
    id_ = presets.save(session, "board", Rules())
    presets.rename(session, id_, "Board")
    assert presets.rows(session, Rules())[4].name == "Board"

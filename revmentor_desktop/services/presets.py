"""Presets of matching rules: four that come with the program, and those that she has kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from revmentor_desktop.domain.base import clean
from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.matching.rules import PRESETS, Rules, preset_weights
from revmentor_desktop.domain.presets import Preset
from revmentor_desktop.i18n import _

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class PresetRow:
    """A preset to choose. ``id`` is None for those that come with the program."""

    id: int | None
    name: str
    rules: Rules


def rows(session: Session, current: Rules) -> list[PresetRow]:
    """All presets: those of the program change only the weights of the current rules."""
    shipped = [
        PresetRow(None, _(name), _weighted(current, weights)) for name, weights in PRESETS.items()
    ]
    own = session.scalars(select(Preset).order_by(Preset.name, Preset.id))
    return [*shipped, *(PresetRow(one.id, one.name, Rules.from_json(one.rules)) for one in own)]


def _weighted(rules: Rules, chosen: Mapping[str, int]) -> Rules:
    return Rules(**{**asdict(rules), **preset_weights(chosen)})


def save(session: Session, name: str, rules: Rules) -> int:
    """Keep rules and weights under a name of her own; returns the id."""
    preset = Preset(name=_checked(session, name, None), rules=rules.to_json())
    session.add(preset)
    session.flush()
    return preset.id


def change(session: Session, preset_id: int, rules: Rules) -> None:
    """Keep other rules and weights under the same name."""
    _find(session, preset_id).rules = rules.to_json()


def rename(session: Session, preset_id: int, name: str) -> None:
    """Give an own preset another name."""
    _find(session, preset_id).name = _checked(session, name, preset_id)


def delete(session: Session, preset_id: int) -> None:
    """Forget an own preset; programmes keep the rules that they took from it."""
    session.delete(_find(session, preset_id))


def _find(session: Session, preset_id: int) -> Preset:
    preset = session.get(Preset, preset_id)
    if preset is None:
        raise UserError(_("This preset is no longer in the file."))
    return preset


def _checked(session: Session, name: str, preset_id: int | None) -> str:
    kept = " ".join(clean(name).split())
    if not kept:
        raise UserError(_("The preset needs a name."))
    if len(kept) > LONGEST_NAME:
        raise UserError(
            _("This name is too long. Use at most {n} characters.").format(n=LONGEST_NAME)
        )
    taken = {_(shipped).casefold() for shipped in PRESETS}
    taken |= {one.name.casefold() for one in session.scalars(select(Preset)) if one.id != preset_id}
    if kept.casefold() in taken:
        raise UserError(
            _("There is a preset called “{name}” already. Choose another name.").format(name=kept)
        )
    return kept

"""The levels of a staff list: its own sorted in among those there are, or proposed ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from revmentor_desktop.domain.base import clean, fold
from revmentor_desktop.domain.levels import (
    NAMES,
    SPECIALIST,
    named_level,
    propose_levels,
    title_level,
)
from revmentor_desktop.domain.organisation import Level
from revmentor_desktop.domain.staff import StaffMember
from revmentor_desktop.i18n import _


def store(
    session: Session,
    people: Sequence[tuple[int, str, int | None]],
    named: Mapping[int, str],
    ids: Mapping[int, int],
    new: Set[int],
) -> tuple[str, ...]:
    """Give people of a list their level; ``people``: (row, job title, row of the manager).

    ``named``: the list's own levels by row. Where it has none, nor has the file, those rows that
    are ``new`` get levels proposed from titles and tree. ``ids``: the staff ids by row. Returns the
    names of all levels from the entry level up, where some were made.
    """
    present = list(session.scalars(select(Level).order_by(Level.rank)))
    if not named and present:
        return ()
    stored = {fold(level.name): level for level in present}
    names, proposed = propose_levels(people)
    wanted = named or {row: _(names[place]) for row, place in proposed.items() if row in new}
    places: dict[str, list[int]] = {}
    for row, name in wanted.items():
        places.setdefault(name, []).append(NAMES.index(names[proposed[row]]))
    missing = {name: at for name, at in places.items() if fold(name) not in stored}
    if missing:
        present = _with_levels(session, present, missing)
        stored = {fold(level.name): level for level in present}
    changed = [{"key": ids[row], "level": stored[fold(name)].id} for row, name in wanted.items()]
    if changed:
        statement = (
            update(StaffMember)
            .where(StaffMember.id == bindparam("key"))
            .values({StaffMember.__table__.c.level_id: bindparam("level")})
        )
        session.connection().execute(statement, changed)
    return tuple(level.name for level in present) if missing else ()


def _with_levels(
    session: Session, present: Sequence[Level], missing: Mapping[str, Sequence[int]]
) -> list[Level]:
    """All levels from the entry level up: the stored ones in their order, the ``missing`` ones
    (with the places that titles and tree give their people) each before the first that is higher.
    """
    titles: dict[int, list[int]] = {}
    for level_id, title in session.execute(
        select(Level.id, StaffMember.job_title).join(StaffMember, StaffMember.level_id == Level.id)
    ):
        titles.setdefault(level_id, []).append(title_level(title))
    found = [(level, _level_order(level.name, titles.get(level.id, ()))) for level in present]
    for name in sorted(missing, key=lambda name: _level_order(name, missing[name])):
        order = _level_order(name, missing[name])
        higher = (at for at, (_level, other) in enumerate(found) if other > order)
        level = Level(rank=0, name=clean(name))
        session.add(level)
        found.insert(next(higher, len(found)), (level, order))
    for rank, (level, _order) in enumerate(found, start=1):
        level.rank = rank
    session.flush()
    return [level for level, _order in found]


def _level_order(name: str, places: Sequence[int]) -> tuple[float, float, str]:
    """Levels that are numbers go by number, others by their own name or their people's titles."""
    digits = "".join(c for c in name if c.isdigit())
    own = named_level(name)
    by_titles = (sum(places) / len(places) if places else SPECIALIST) if own is None else own
    return (float(digits), by_titles, name) if digits else (by_titles, 0.0, name)

"""Gatherings: added, ticked off, changed, deleted and taken back."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from sqlalchemy.orm import Session

from revmentor_desktop.domain.programmes import GatheringKind, Role
from revmentor_desktop.gui.context import Context
from revmentor_desktop.gui.gatherings_form import GatheringsForm
from revmentor_desktop.gui.main_window import MainWindow
from revmentor_desktop.services import gatherings
from tests import factory


def prepared(window: MainWindow) -> tuple[Context, int]:
    def make(session: Session) -> int:
        programme_id = factory.programme(session)
        factory.enrolled(session, programme_id, "Ann Ash", Role.MENTOR)
        factory.enrolled(session, programme_id, "Bo Birch", Role.MENTEE)
        return programme_id

    context = window.context
    assert context is not None
    programme_id = context.do("", make)
    window.choose_programme(programme_id)
    return context, programme_id


def opened(window: MainWindow) -> GatheringsForm:
    window.run_command("gatherings")
    [form] = [one for one in window.findChildren(GatheringsForm) if one.isVisible()]
    return form


def names(form: GatheringsForm) -> list[str]:
    return [form.came.list.item(at).text() for at in range(form.came.list.count())]


def tick(form: GatheringsForm, at: int) -> None:
    form.came.list.item(at).setCheckState(Qt.CheckState.Checked)


def choose_kind(form: GatheringsForm, kind: GatheringKind) -> None:
    at = form.kind.findData(kind)
    form.kind.setCurrentIndex(at)
    form.kind.activated.emit(at)


def test_a_briefing_is_added_with_who_came_and_taken_back(open_window: MainWindow) -> None:
    context, programme_id = prepared(open_window)
    form = opened(open_window)
    assert names(form) == ["Ann Ash", "Bo Birch"]
    assert not form.delete_button.isVisible()
    form.accept()
    assert form.error == "Give the day of the gathering."
    form.day.set_value(date(2026, 2, 27))
    form.place.set_value("Hall <b>")
    tick(form, 0)
    form.accept()
    [row] = context.read(gatherings.rows, programme_id)
    assert (row.kind, row.held_on, row.place, row.came) == (
        GatheringKind.BRIEFING, date(2026, 2, 27), "Hall <b>", 1,
    )  # fmt: skip
    context.undo_stack.undo()
    assert context.read(gatherings.rows, programme_id) == []
    context.undo_stack.redo()
    assert context.read(gatherings.rows, programme_id)[0].came == 1


def test_one_that_is_there_is_changed_and_deleted(open_window: MainWindow) -> None:
    context, programme_id = prepared(open_window)
    kind, day = GatheringKind.MENTOR_CIRCLE, date(2026, 3, 9)
    gathering = context.do("", gatherings.save, programme_id, None, kind, day, "Attic")
    form = opened(open_window)
    form.show_gathering(gathering)
    assert names(form) == ["Ann Ash"], "a mentor circle expects mentors"
    assert form.place.value() == "Attic"
    choose_kind(form, GatheringKind.CLOSING)
    assert names(form) == ["Ann Ash", "Bo Birch"]
    tick(form, 1)
    choose_kind(form, GatheringKind.BRIEFING)
    form.accept()
    [row] = context.read(gatherings.rows, programme_id)
    assert (row.kind, row.came) == (GatheringKind.BRIEFING, 1)
    again = opened(open_window)
    again.show_gathering(gathering)
    assert again.delete_button.isVisible()
    again.delete_button.click()
    assert context.read(gatherings.rows, programme_id) == []
    context.undo_stack.undo()
    assert context.read(gatherings.rows, programme_id)[0].came == 1


def test_a_closed_programme_refuses_in_place(open_window: MainWindow) -> None:
    from revmentor_desktop.services import programmes

    context, programme_id = prepared(open_window)
    context.do("", programmes.close, programme_id, context.today())
    form = opened(open_window)
    form.day.set_value(date(2026, 2, 27))
    form.accept()
    assert "is closed" in form.error
    assert form.isVisible()

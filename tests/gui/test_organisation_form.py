"""The organisation: levels in order with their people, all of the form one step."""

from __future__ import annotations

from revmentor_desktop.gui.main_window import MainWindow
from revmentor_desktop.gui.organisation_form import OrganisationForm
from revmentor_desktop.services import organisation, staff


def open_form(window: MainWindow) -> OrganisationForm:
    assert window.context is not None
    form = OrganisationForm(window.context, window)
    form.open()
    return form


def name_new_level(form: OrganisationForm, name: str) -> None:
    form.levels.add()
    item = form.levels.list.currentItem()
    assert item is not None
    item.setText(0, name)


def stored_levels(window: MainWindow) -> list[tuple[int, str, int]]:
    assert window.context is not None
    return [(row.rank, row.name, row.people) for row in window.context.read(organisation.levels)]


def test_levels_are_added_ordered_renamed_and_removed(open_window: MainWindow) -> None:
    form = open_form(open_window)
    for name in ("Analyst", "Manager", "Director"):
        name_new_level(form, name)
    form.accept()
    assert stored_levels(open_window) == [(1, "Analyst", 0), (2, "Manager", 0), (3, "Director", 0)]
    assert open_window.context is not None
    level_id = open_window.context.read(organisation.levels)[1].id
    open_window.context.do("", staff.add, {"full_name": "Ann Ash", "level_id": level_id})

    form = open_form(open_window)
    assert form.levels.names() == ["Director", "Manager", "Analyst"]
    item = form.levels.list.topLevelItem(1)
    assert item is not None
    assert item.text(1) == "1"
    item.setText(0, "Team lead")
    form.levels.list.setCurrentItem(item)
    form.levels.move_up()
    form.levels.move_up()
    form.levels.list.setCurrentIndex(form.levels.list.model().index(2, 0))
    form.levels.remove()
    form.accept()
    assert stored_levels(open_window) == [(1, "Director", 0), (2, "Team lead", 1)]


def test_two_levels_of_one_name_are_refused_in_place(open_window: MainWindow) -> None:
    form = open_form(open_window)
    for name in ("Manager", "MANAGER"):
        name_new_level(form, name)
    form.accept()
    assert form.isVisible()
    assert "two levels called" in form.error
    assert stored_levels(open_window) == []


def test_all_of_the_form_is_one_step_to_take_back(open_window: MainWindow) -> None:
    form = open_form(open_window)
    form.fields["name"].set_value("Harbour Group")
    form.fields["sponsor"].set_value("Helen Marsh")
    name_new_level(form, "Analyst")
    form.accept()
    assert open_window.windowTitle() == "Harbour Group – RevMentor"
    open_window.actions_by_name["undo"].trigger()
    assert open_window.windowTitle() == "Harbour Bank – RevMentor"
    assert stored_levels(open_window) == []


def test_an_organisation_without_a_name_is_refused_in_the_form(open_window: MainWindow) -> None:
    form = open_form(open_window)
    form.fields["name"].set_value("  ")
    form.accept()
    assert form.isVisible()
    assert "needs a name" in form.error

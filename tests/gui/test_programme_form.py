"""The form of a programme: sensible answers first, refusals in place, one step to take back."""

from __future__ import annotations

from datetime import date

from revmentor_desktop.gui.main_window import MainWindow
from revmentor_desktop.gui.programme_form import ProgrammeForm
from revmentor_desktop.services import programmes


def open_form(window: MainWindow, programme_id: int | None = None) -> ProgrammeForm:
    assert window.context is not None
    form = ProgrammeForm(window.context, programme_id, window)
    form.saved.connect(window.choose_programme)
    form.open()
    return form


def rows(window: MainWindow) -> list[programmes.ProgrammeRow]:
    assert window.context is not None
    return window.context.read(programmes.rows)


def test_only_a_name_must_be_given(open_window: MainWindow) -> None:
    form = open_form(open_window)
    form.accept()
    assert form.error == "The programme needs a name."
    form.fields["name"].set_value("Spring 2026")
    form.accept()
    [row] = rows(open_window)
    assert (row.name, row.start_date, row.sessions, row.minutes) == (
        "Spring 2026", date(2026, 4, 27), 6, 60,  # the invitations are due today
    )  # fmt: skip
    assert (row.mentor, row.mentee) == ("Mentor", "Mentee")
    assert open_window.programme == row


def test_everything_is_kept(open_window: MainWindow) -> None:
    form = open_form(open_window)
    given = {
        "name": "Voices <b>&amp;", "start_date": date(2026, 4, 1), "end_date": date(2026, 11, 30),
        "sessions": 8, "minutes": 45, "certificate_sessions": 5, "mentor_word": "Guide",
        "mentee_word": "Listener", "aims": "Hear each other.\nLearn.",
        "shared_aim": "One change each",
    }  # fmt: skip
    for key, value in given.items():
        form.fields[key].set_value(value)
    form.accept()
    assert open_window.programme is not None
    again = open_form(open_window, open_window.programme.id)
    assert {key: field.value() for key, field in again.fields.items()} == given
    assert open_window.tab_row.programmes.currentText() == "Voices <b>&amp;"


def test_an_end_before_the_start_is_refused_in_words(open_window: MainWindow) -> None:
    form = open_form(open_window)
    form.fields["name"].set_value("Spring")
    form.fields["end_date"].set_value(date(2026, 1, 1))
    form.accept()
    assert form.isVisible()
    assert form.error == (
        "The programme ends on 1 January 2026, before it starts on 27 April 2026. "
        "Choose a later end."
    )
    assert rows(open_window) == []


def test_a_date_that_does_not_exist_is_refused(open_window: MainWindow) -> None:
    form = open_form(open_window)
    form.fields["name"].set_value("Spring")
    form.fields["start_date"].set_value("30 Feb 2026")
    form.accept()
    assert form.isVisible()
    assert form.error
    assert rows(open_window) == []


def test_a_change_is_one_step_to_take_back(open_window: MainWindow) -> None:
    form = open_form(open_window)
    form.fields["name"].set_value("Spring")
    form.accept()
    assert open_window.programme is not None
    form = open_form(open_window, open_window.programme.id)
    form.fields["name"].set_value("Autumn")
    form.fields["sessions"].set_value(9)
    form.accept()
    assert open_window.tab_row.programmes.currentText() == "Autumn"
    open_window.actions_by_name["undo"].trigger()
    assert open_window.programme is not None
    assert (open_window.programme.name, open_window.programme.sessions) == ("Spring", 6)


def test_a_closed_programme_is_not_changed(open_window: MainWindow) -> None:
    form = open_form(open_window)
    form.fields["name"].set_value("Spring")
    form.accept()
    open_window.actions_by_name["close_programme"].trigger()
    assert open_window.programme is not None
    form = open_form(open_window, open_window.programme.id)
    form.fields["name"].set_value("Autumn")
    form.accept()
    assert "closed" in form.error
    assert open_window.programme.name == "Spring"


def test_cancel_changes_nothing(open_window: MainWindow) -> None:
    form = open_form(open_window)
    form.fields["name"].set_value("Spring")
    form.reject()
    assert rows(open_window) == []
    assert not open_window.actions_by_name["undo"].isEnabled()

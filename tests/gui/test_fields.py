"""Fields of forms, the form's errors in place, and the toast."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from PySide6.QtCore import QDate, QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QWidget
from pytestqt.qtbot import QtBot

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.gui import toast as toast_module
from revmentor_desktop.gui.dialog import FormDialog
from revmentor_desktop.gui.fields import (
    ChoiceField,
    DateField,
    LongField,
    NumberField,
    TextField,
    TickField,
    TokenField,
)
from revmentor_desktop.gui.toast import Toast

Show = Callable[[QWidget], None]
TypeText = Callable[[QWidget, str], None]
CHOICES = [(1, "Director"), (2, "Manager"), (3, "Trainee")]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (TextField, "Zoë"),
        (LongField, "two\nlines"),
        (TickField, True),
        (lambda: NumberField(0, 90), 60),
        (lambda: DateField(date(2026, 3, 2)), date(2026, 4, 3)),
        (lambda: ChoiceField(CHOICES, strict=True), 2),
        (lambda: ChoiceField(CHOICES, strict=False), "Own words"),
        (lambda: TokenField(CHOICES), ("Video calls", "Spreadsheets")),
    ],
)
def test_a_field_gives_back_what_it_was_given(
    field: Callable[[], QWidget], value: object, qtbot: QtBot
) -> None:
    made = field()
    qtbot.addWidget(made)
    made.set_value(value)  # type: ignore[attr-defined]
    assert made.value() == value  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", date(2026, 3, 2)),
        ("t", date(2026, 3, 2)),
        ("+7", date(2026, 3, 9)),
        ("mon", date(2026, 3, 9)),
        ("3/4", date(2026, 4, 3)),
        ("3 mar", date(2026, 3, 3)),
        ("2026-12-31", date(2026, 12, 31)),
        ("", None),
    ],
)
def test_a_date_is_read_as_people_type_it(
    now: datetime, show: Show, type_text: TypeText, typed: str, day: date | None
) -> None:
    field = DateField(now.date())
    show(field)
    type_text(field, typed)
    assert field.value() == day
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == day, "the tidied text means the same day"


def test_a_date_can_be_picked_from_a_calendar(now: datetime, show: Show) -> None:
    field = DateField(now.date())
    show(field)
    QTest.keyClick(field, Qt.Key.Key_F4)
    calendar = field.findChild(QCalendarWidget)
    assert isinstance(calendar, QCalendarWidget)
    assert calendar.selectedDate() == QDate(2026, 3, 2)
    calendar.activated.emit(QDate(2026, 3, 20))
    assert field.value() == date(2026, 3, 20)
    assert not calendar.isVisible()


def test_a_choice_is_found_in_any_case(show: Show, type_text: TypeText) -> None:
    field = ChoiceField(CHOICES, strict=True)
    show(field)
    field.setFocus()
    type_text(field, "man")
    completer = field.completer()
    assert completer.currentCompletion() == "Manager"
    completer.popup().hide()
    field.setEditText("mAnAgEr")
    assert field.value() == 2
    field.setEditText("Emperor")
    with pytest.raises(UserError, match="“Emperor” is not one of the choices"):
        field.value()


def test_words_are_completed_one_by_one(show: Show, type_text: TypeText) -> None:
    field = TokenField([(0, "Video calls"), (1, "Data visualisation")])
    show(field)
    field.setFocus()
    type_text(field, "vid")
    field._on_chosen("Video calls")
    type_text(field, "data")
    field._on_chosen("Data visualisation")
    assert field.value() == ("Video calls", "Data visualisation")
    field.setText("a; b,, a ,c")
    assert field.value() == ("a", "b", "c")
    field._completer.popup().hide()


class Form(FormDialog):
    """A form that refuses once."""

    def __init__(self, today: date) -> None:
        super().__init__("Session", "&Save")
        self.name = TextField()
        self.day = DateField(today)
        self.add_row("&Name", self.name)
        self.add_row("R&D <b>day</b>", self.day)

    def save(self) -> None:
        self.day.value()
        if not self.name.value():
            raise UserError("A session needs a name.")


@pytest.fixture
def form(now: datetime, show: Show) -> Form:
    made = Form(now.date())
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    show(made)
    return made


def test_a_form_that_is_refused_says_why_and_stays(form: Form, qtbot: QtBot) -> None:
    form.save_button.click()
    assert form.error == "A session needs a name."
    assert form.isVisible()
    form.name.set_value("First")
    with qtbot.waitSignal(form.accepted):
        QTest.keyClick(form.name, Qt.Key.Key_Return)


def test_esc_closes_a_form(form: Form, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.rejected):
        QTest.keyClick(form, Qt.Key.Key_Escape)


def test_a_field_that_is_left_says_what_is_wrong_under_it(form: Form, type_text: TypeText) -> None:
    form.day.setFocus()
    type_text(form.day, "soon")
    assert form.day.accessibleDescription() == "", "typing is never blocked"
    form.name.setFocus()
    assert "“soon” is not a date" in form.day.accessibleDescription()
    assert form.day.property("bad") is True
    form.day.set_value(date(2026, 3, 3))
    form.day.setFocus()
    form.name.setFocus()
    assert form.day.accessibleDescription() == ""


def test_labels_name_their_fields_and_read_no_markup(form: Form) -> None:
    name, day = (form.form.labelForField(field) for field in (form.name, form.day))
    assert form.name.accessibleName() == "Name"
    assert name.buddy() is form.name  # type: ignore[union-attr]
    assert day.textFormat() == Qt.TextFormat.PlainText  # type: ignore[union-attr]


def test_a_mnemonic_leads_to_its_field(form: Form) -> None:
    form.day.setFocus()
    QTest.keyClick(form, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    assert form.name.hasFocus()


@pytest.fixture
def toast(show: Show, monkeypatch: pytest.MonkeyPatch) -> Iterator[Toast]:
    monkeypatch.setattr(toast_module, "SHOWN_MS", 40)
    window = QWidget()
    window.resize(600, 300)
    undone: list[bool] = []
    made = Toast(lambda: undone.append(True), window)
    made.undone = undone  # type: ignore[attr-defined]
    show(window)
    yield made
    window.close()


def test_a_toast_goes_by_itself(toast: Toast, qtbot: QtBot) -> None:
    toast.say("3 people deleted", True)
    assert toast.isVisible()
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_a_toast_stays_while_it_is_looked_at(toast: Toast, qtbot: QtBot) -> None:
    toast.say("3 people deleted", True)
    point = QPointF(5, 5)
    QApplication.sendEvent(toast, QEnterEvent(point, point, point))
    QTest.qWait(90)
    assert toast.isVisible()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: not toast.isVisible())
    toast.say("3 people deleted", True)
    toast._undo.setFocus()
    QTest.qWait(90)
    assert toast.isVisible()
    toast._undo.click()
    assert toast.undone == [True]  # type: ignore[attr-defined]
    assert not toast.isVisible()


def test_a_long_sentence_fits_into_the_window(toast: Toast) -> None:
    toast.say("A sentence that goes on. " * 12, True)
    window = toast.parentWidget()
    assert toast.width() <= window.width() - 40
    assert window.rect().contains(toast.geometry())
    assert toast._text.height() >= toast._text.heightForWidth(toast._text.width())


def test_a_toast_without_undo_offers_none(toast: Toast) -> None:
    toast.say("<b>Refused</b>", False)
    assert not toast._undo.isVisible()
    assert toast.text == "<b>Refused</b>"
    assert toast._text.textFormat() == Qt.TextFormat.PlainText


def test_the_second_of_two_namesakes_can_be_chosen(qtbot: QtBot) -> None:
    field = ChoiceField([(1, "Ann Ash"), (2, "Ann Ash"), (3, "Bo Birch")], strict=True)
    qtbot.addWidget(field)
    field.set_value(2)
    assert field.value() == 2
    field.setEditText("bo birch")
    assert field.value() == 3, "what was typed counts, not what had been chosen"


def test_a_toast_offers_what_could_be_done_next(qtbot: QtBot) -> None:
    done: list[str] = []
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(900, 300)
    toast = Toast(lambda: done.append("undo"), host)
    with qtbot.waitExposed(host):
        host.show()
    toast.say("Declined", True, ("Look for other partners", lambda: done.append("look")))
    assert toast.offer_button.isVisible()
    qtbot.mouseClick(toast.offer_button, Qt.MouseButton.LeftButton)
    assert done == ["look"]
    assert not toast.isVisible()
    toast.say("Saved", True)
    assert not toast.offer_button.isVisible()

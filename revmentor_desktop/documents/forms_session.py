"""The session log of a pair as a form."""

from __future__ import annotations

from datetime import date

from revmentor_desktop.documents.forms_rows import FIELD, GAP, LABEL, TOPIC, Field, Sheet
from revmentor_desktop.documents.style import CELL
from revmentor_desktop.domain import returns
from revmentor_desktop.domain.session_logs import SESSION_NAMES, SessionState, Side
from revmentor_desktop.domain.staff import FORMAT_NAMES
from revmentor_desktop.i18n import _, format_date
from revmentor_desktop.services.forms import SessionForm

Options = list[tuple[str, str]]
UNMISTAKABLE = date(2026, 3, 31)
"""A day that shows how dates are best written: it cannot be read in another order."""


def fill_sheet(form: SessionForm, sheet: Sheet) -> None:
    """Put the rows of the form on its sheet."""
    line = _("{programme} · pair {code} · session {n} of {all}").format(
        programme=form.programme, code=form.code, n=form.number, all=form.sessions
    )
    how = _(
        "Fill this in after the session and send it to {coordinator}. Dates and topics only: what "
        "you said stays with you."
    ).format(coordinator=form.coordinator)
    sheet.begin(_("Session log"), form.names, line, how, form.token)
    sides = [
        (Side.MENTOR.value, form.mentor_word),
        (Side.MENTEE.value, form.mentee_word),
        (Side.BOTH.value, _("Both")),
    ]
    _when(sheet, sides)
    _topics(form, sheet)
    _actions(sheet, sides)
    row = sheet.row()
    label = _("Next session on")
    row.words(label, TOPIC, 0, _third(sheet), 3.5)
    row.field(Field(returns.NEXT_DATE, "text", label), _third(sheet) + GAP, _third(sheet))
    sheet.lines(returns.CHANGE, _("Something we decided to change"))
    hint = _("Only if there is something the coordinator should know.")
    sheet.lines(returns.NOTE, _("HR reads this"), hint)


def _third(sheet: Sheet) -> float:
    return (sheet.width - 2 * GAP) / 3


def _when(sheet: Sheet, sides: Options) -> None:
    ways = [(way.value, _(name)) for way, name in FORMAT_NAMES.items()]
    met = _("How you met")
    day = _("Date, such as {day}").format(day=format_date(UNMISTAKABLE))
    sheet.labelled(
        (day, Field(returns.DATE, "text", day)),
        (_("Minutes"), Field(returns.MINUTES, "text", _("How many minutes it took"))),
        (met, Field(returns.FORMAT, "choice", met, ways)),
    )
    third = _third(sheet)
    row = sheet.row()
    label = _("The session was")
    drop = row.words(label, LABEL, 0, third) + 7
    for at, state in enumerate(SessionState):
        name = _(SESSION_NAMES[state])
        says = f"{label}: {name}"
        field = Field(returns.STATE, "radio", says, value=state.value, group=label)
        row.field(field, at * 80, drop=drop)
        row.words(name, CELL, at * 80 + 16, 62, drop - 1.5)
    label = _("Moved or missed by")
    row.labelled(label, Field(returns.MOVED_BY, "choice", label, sides), 2 * (third + GAP), third)


def _topics(form: SessionForm, sheet: Sheet) -> None:
    sheet.heading(_("Topics"))
    half = (sheet.width - GAP) / 2
    for at in range(0, len(form.topics), 2):
        is_last = at + 2 >= len(form.topics)
        row = sheet.row(after=6 if is_last else 3, keep=True)
        for column, topic in enumerate(form.topics[at : at + 2]):
            says = _("Topic: {topic}").format(topic=topic.name)
            field = Field(returns.topic_field(topic.id), "box", says)
            row.ticked(topic.name, field, column * (half + GAP), half)
    label = _("Other topics")
    sheet.labelled((label, Field(returns.OTHER_TOPICS, "text", label)))


def _actions(sheet: Sheet, sides: Options) -> None:
    who, due, gap = 84.0, 92.0, 4.0
    what = sheet.width - who - due - 2 * gap
    columns = ((0.0, what), (what + gap, who), (what + who + 2 * gap, due))
    labels = (_("What"), _("Who"), _("By when"))
    sheet.heading(_("What we agreed to do"))
    heads = sheet.row(after=2, keep=True)
    for label, (left, width) in zip(labels, columns, strict=True):
        heads.words(label, LABEL, left, width)
    for number in range(1, returns.ACTIONS + 1):
        row = sheet.row(after=gap if number < returns.ACTIONS else GAP)
        said = [_("Action {n}: {part}").format(n=number, part=label) for label in labels]
        fields = (
            Field(returns.action_field(number, "text"), "text", said[0]),
            Field(returns.action_field(number, "owner"), "choice", said[1], sides),
            Field(returns.action_field(number, "due"), "text", said[2]),
        )
        for field, (left, width) in zip(fields, columns, strict=True):
            row.field(field, left, width, FIELD)

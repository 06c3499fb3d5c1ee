"""What somebody brings and would like to learn, as a form."""

from __future__ import annotations

from dataclasses import replace

from revmentor_desktop.documents.forms_rows import GAP, LABEL, TICK, TOPIC, Field, Sheet
from revmentor_desktop.documents.style import CELL
from revmentor_desktop.domain import returns
from revmentor_desktop.domain.staff import FORMAT_NAMES
from revmentor_desktop.domain.topics import BENEFIT_NAMES, Benefit
from revmentor_desktop.i18n import N_, _
from revmentor_desktop.services.forms import FormTopic, InterestForm

DAYS = {
    "mon": N_("Monday"),
    "tue": N_("Tuesday"),
    "wed": N_("Wednesday"),
    "thu": N_("Thursday"),
    "fri": N_("Friday"),
}
HALVES = {"am": N_("Morning"), "pm": N_("Afternoon")}
COLUMN = 62.0
"""Points: the width of each of the three columns to answer in."""
LEVELS = ("1", "2", "3", "4")
LEVEL_WIDTH, LEVEL_HEIGHT = 36.0, 12.0


def fill_sheet(form: InterestForm, sheet: Sheet) -> None:
    """Put the rows of the form on its sheet."""
    sheet.begin(_("Interest form"), form.name, form.programme, _how(form), form.token)
    for benefit, topics in form.topics:
        _topics(benefit, topics, sheet)
    offers, wants = _("Something else you can bring"), _("Something else you want to learn")
    sheet.labelled(
        (offers, Field(returns.OTHER_OFFERS, "text", offers)),
        (wants, Field(returns.OTHER_WANTS, "text", wants)),
    )
    _meeting(sheet)
    hint = _("People with whom you work or have worked: you will meet somebody new.")
    sheet.lines(returns.KNOWN, _("Whom you already know well"), hint)
    text = _(
        "I was told what the programme is for. {coordinator} may use these answers to find me a "
        "partner, and for nothing else. I can take this back at any time."
    ).format(coordinator=form.coordinator)
    sheet.row().ticked(text, Field(returns.AGREES, "box", text), 0, sheet.width)


def _how(form: InterestForm) -> str:
    """What to do, and by when."""
    text = _(
        "Tick what you can bring and what you want to learn; leave the rest blank. "
        "Level 1: the basics. Level 4: I can teach it."
    )
    if form.due:
        back = _("Please send the form to {coordinator} by {day}.")
    else:
        back = _("Please send the form to {coordinator}.")
    return f"{text} {back.format(coordinator=form.coordinator, day=form.due)}"


def _topics(benefit: Benefit, topics: tuple[FormTopic, ...], sheet: Sheet) -> None:
    """A table: a topic a row, and in its columns whether one brings it, how well, and wants it."""
    name_width = sheet.width - 3 * COLUMN - GAP
    offers, level, wants = (sheet.width - at * COLUMN for at in (3, 2, 1))
    heads = sheet.row(after=0, keep=True)
    heads.ruled = True
    heads.words(_(BENEFIT_NAMES[benefit]), TOPIC, 0, name_width, kind="H2")
    narrow = replace(LABEL, size=7.5)
    columns = (_("I can bring"), _("at level"), _("I want to learn"))
    for left, head in zip((offers, level, wants), columns, strict=True):
        heads.words(head, narrow, left, COLUMN, 1)
    heads.height += 3
    for topic in topics:
        row = sheet.row(after=GAP if topic is topics[-1] else 0)
        row.ruled, row.above = True, heads.again()
        row.words(topic.name, CELL, 0, name_width)
        row.height += 0.4
        middle = row.height / 2
        says = _("I can bring: {topic}").format(topic=topic.name)
        row.field(Field(returns.offer_field(topic.id), "box", says), offers,
                  drop=middle - TICK / 2)  # fmt: skip
        says = _("My level: {topic}").format(topic=topic.name)
        choice = Field(returns.level_field(topic.id), "choice", says, [(n, n) for n in LEVELS])
        row.field(choice, level, LEVEL_WIDTH, LEVEL_HEIGHT, middle - LEVEL_HEIGHT / 2)
        says = _("I want to learn: {topic}").format(topic=topic.name)
        row.field(Field(returns.want_field(topic.id), "box", says), wants,
                  drop=middle - TICK / 2)  # fmt: skip


def _meeting(sheet: Sheet) -> None:
    """When, in half days, and how."""
    sheet.heading(_("When and how you like to meet"))
    first = 80.0
    step = (sheet.width - first) / len(DAYS)
    starts = [first + at * step for at in range(len(DAYS))]
    heads = sheet.row(after=2, keep=True)
    for day, left in zip(DAYS.values(), starts, strict=True):
        heads.words(_(day), LABEL, left, step)
    for half, half_name in HALVES.items():
        row = sheet.row(after=3, keep=True)
        row.words(_(half_name), CELL, 0, first - 4)
        for (day, day_name), left in zip(DAYS.items(), starts, strict=True):
            says = f"{_(day_name)}, {_(half_name)}"
            row.field(Field(returns.half_day_field(f"{day} {half}"), "box", says), left, drop=1.5)
    row = sheet.row()
    row.words(_("How"), CELL, 0, first - 4)
    for at, (way, name) in enumerate(FORMAT_NAMES.items()):
        field = Field(returns.meeting_field(way.value), "box", _(name))
        row.ticked(_(name), field, starts[at * 2], 2 * step)

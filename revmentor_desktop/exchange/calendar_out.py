"""Writes days to a calendar file that any calendar program takes in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from icalendar import Calendar
from icalendar import Event as CalendarEvent

from revmentor_desktop.domain.base import clean
from revmentor_desktop.store.atomic import atomic_write


@dataclass(frozen=True)
class Event:
    """An all-day entry; the same ``uid`` replaces the entry of an earlier file."""

    uid: str
    day: date
    title: str


def write_ics(target: Path, events: Iterable[Event]) -> None:
    """Write the events to a calendar file; the same events always give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//RevMentor Desktop//EN")
    calendar.add("version", "2.0")
    for event in events:
        calendar.add_component(_entry(event))
    with atomic_write(target) as file:
        file.write(calendar.to_ical())


def _entry(event: Event) -> CalendarEvent:
    entry = CalendarEvent()
    entry.add("uid", clean(event.uid))
    entry.add("dtstamp", datetime.combine(event.day, time(), UTC))
    entry.add("dtstart", event.day)
    entry.add("dtend", event.day + timedelta(days=1))
    entry.add("summary", clean(event.title))
    entry.add("transp", "TRANSPARENT")
    return entry

"""The topic library: shipped once, its names safe to write in a row with commas between."""

from __future__ import annotations

import json
from collections import Counter

from revmentor_desktop import resources
from revmentor_desktop.domain.topics import Benefit
from revmentor_desktop.services.staff_values import words


def shipped() -> list[dict[str, str]]:
    text = resources.path("topics", "en_GB.json").read_text("utf-8")
    topics: list[dict[str, str]] = json.loads(text)["topics"]
    return topics


def test_all_of_digcomp_and_both_other_benefits() -> None:
    by_benefit = Counter(topic["benefit"] for topic in shipped())
    assert by_benefit[Benefit.DIGITAL.value] == 21
    assert min(by_benefit.values()) >= 18
    codes = sorted(topic["digcomp"] for topic in shipped() if topic.get("digcomp"))
    assert codes[0] == "1.1"
    assert codes[-1] == "5.4"
    assert len(set(codes)) == 21


def test_names_and_keys_are_one_of_a_kind_and_stand_in_a_list() -> None:
    names = [topic["name"] for topic in shipped()]
    assert words(", ".join(names)) == tuple(names), "a name is cut where it has a comma"
    assert len({name.casefold() for name in names}) == len(names)
    assert len({topic["key"] for topic in shipped()}) == len(names)

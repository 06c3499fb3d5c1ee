"""The settings of the organisation: they are there again when the file is opened again."""

from __future__ import annotations

from pathlib import Path

import pytest

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.jobs import files
from revmentor_desktop.services import letters, organisation
from tests import factory


def test_the_letterhead_survives_closing_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REVMENTOR_DATA_DIR", str(tmp_path / "data"))
    workspace = factory.workspace(tmp_path)
    values = {
        "address": "Harbour House\n12 Quayside", "footer": "Registered in Hull",
        "accent": "#2B5DB8", "logo": b"\x89PNG", "signature": b"\x89PNG ink", "paper": "Letter",
        "envelope": "UK DL", "shift_x": -10, "shift_y": 10,
    }  # fmt: skip
    workspace.write(organisation.save_settings, values)
    path = workspace.path
    workspace.close()
    workspace = files.open_file(path, factory.clock)
    try:
        head = workspace.read(letters.letterhead)
        assert {name: getattr(head, name) for name in values} == values
        for wrong, words in (
            ({"accent": "red"}, "must look like"), ({"address": "a\n" * 5}, "room for 4 lines"),
        ):  # fmt: skip
            with pytest.raises(UserError, match=words):
                workspace.write(organisation.save_settings, wrong)
        assert workspace.read(letters.letterhead) == head
    finally:
        workspace.close()

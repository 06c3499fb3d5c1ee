"""Forms in a folder: one file each, named safely, whole or not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from revmentor_desktop.domain.errors import Cancelled, UserError
from revmentor_desktop.domain.organisation import Organisation
from revmentor_desktop.domain.programmes import Role
from revmentor_desktop.domain.returns import TOKEN, read_token
from revmentor_desktop.jobs import forms as jobs
from revmentor_desktop.jobs.places import file_stem
from revmentor_desktop.services import forms
from revmentor_desktop.store.workspace import Workspace
from tests import factory, fillers


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("REVMENTOR_DATA_DIR", str(tmp_path / "data"))
    with factory.workspace(tmp_path) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "forms"
    made.mkdir()
    return made


def pairs(session: Session, *names: str) -> list[int]:
    programme_id = factory.programme(session)
    return [factory.pair(session, programme_id, name, f"{name} Two") for name in names]


def test_one_file_for_each_pair_and_session(workspace: Workspace, folder: Path) -> None:
    ids = workspace.write(pairs, "Ann Ash", "Zoë Łuczak").value
    seen: list[tuple[int, int]] = []
    result = jobs.make_session_forms(
        workspace, folder, ids, [1, 2], lambda *at: seen.append(at)
    )  # fmt: skip
    assert [path.name for path in result.files] == [
        "P001 session 1 Ann Ash and Ann Ash Two.pdf",
        "P001 session 2 Ann Ash and Ann Ash Two.pdf",
        "P002 session 1 Zoë Łuczak and Zoë Łuczak Two.pdf",
        "P002 session 2 Zoë Łuczak and Zoë Łuczak Two.pdf",
    ]
    assert sorted(folder.iterdir()) == sorted(result.files)
    assert seen == [(at, 4) for at in range(5)]
    key = workspace.read(forms.form_key)
    tokens = [fillers.read_back(path.read_bytes())[TOKEN] for path in result.files]
    read = [read_token(key, token) for token in tokens]
    assert [(token.subject_id, token.number) for token in read] == [(1, 1), (1, 2), (2, 1), (2, 2)]


def test_a_second_time_gives_the_same_bytes(workspace: Workspace, folder: Path) -> None:
    ids = workspace.write(pairs, "Ann Ash").value
    (path,) = jobs.make_session_forms(workspace, folder, ids).files
    first = path.read_bytes()
    assert jobs.make_session_forms(workspace, folder, ids).files == (path,)
    assert path.read_bytes() == first


def test_an_old_file_gets_its_key_with_its_first_form(workspace: Workspace, folder: Path) -> None:
    ids = workspace.write(pairs, "Ann Ash").value
    workspace.write(lambda session: session.execute(update(Organisation).values(form_key=None)))
    with pytest.raises(UserError, match="No form has been made"):
        workspace.read(forms.form_key)
    (path,) = jobs.make_session_forms(workspace, folder, ids).files
    key = workspace.read(forms.form_key)
    assert read_token(key, fillers.read_back(path.read_bytes())[TOKEN]).subject_id == ids[0]


def test_interest_forms_for_people(workspace: Workspace, folder: Path) -> None:
    def build(session: Session) -> tuple[int, list[int]]:
        programme_id = factory.programme(session)
        names = ("Ann Ash", "ann ash", "../../Bo: <Birch>?")
        return programme_id, [
            factory.enrolled(session, programme_id, name, Role.MENTEE) for name in names
        ]

    programme_id, ids = workspace.write(build).value
    result = jobs.make_interest_forms(workspace, folder, programme_id, ids)
    assert [path.name for path in result.files] == [
        "Interest form Ann Ash.pdf",
        "Interest form ann ash 2.pdf",
        "Interest form .. .. Bo Birch.pdf",
    ]
    assert {path.parent for path in result.files} == {folder}
    assert all(fillers.read_back(path.read_bytes())[TOKEN] for path in result.files)


def test_cancelling_leaves_whole_files_only(workspace: Workspace, folder: Path) -> None:
    ids = workspace.write(pairs, "Ann Ash", "Cy Cedar", "Di Dale").value

    def progress(done: int, total: int) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        jobs.make_session_forms(workspace, folder, ids, progress=progress)
    written = sorted(path.name[:4] for path in folder.iterdir())
    assert written == ["P001", "P002"]
    assert all(fillers.read_back(path.read_bytes()) for path in folder.iterdir())


def test_what_cannot_be_drawn_is_refused_before_the_first_file(
    workspace: Workspace, folder: Path
) -> None:
    ids = workspace.write(pairs, "Ann Ash", "李小龙").value
    with pytest.raises(UserError, match="P002: “李小龙” has characters"):
        jobs.make_session_forms(workspace, folder, ids)
    assert not list(folder.iterdir())


def test_a_folder_that_is_not_there_and_nobody_to_write_for(
    workspace: Workspace, folder: Path
) -> None:
    ids = workspace.write(pairs, "Ann Ash").value
    with pytest.raises(UserError, match="is not there"):
        jobs.make_session_forms(workspace, folder / "none", ids)
    with pytest.raises(UserError, match="nobody to make a form for"):
        jobs.make_session_forms(workspace, folder, [])


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Ann Ash", "Ann Ash"),
        ("a/b\\c:d*e?f\"g<h>i|j", "a b c d e f g h i j"),
        ("CON", "_CON"),
        ("nul.tar", "_nul.tar"),
        ("Constance", "Constance"),
        ("  ..  ", ""),
        ("x" * 300, "x" * 80),
        ("李" * 80, "李" * 66),
        ("a\nb\u202ec", "a b c"),
        ("ends with dots...", "ends with dots"),
    ],
)  # fmt: skip
def test_any_name_makes_a_file_name(name: str, stem: str, folder: Path) -> None:
    assert file_stem(name) == stem
    (folder / f"{stem}.pdf").write_bytes(b"")

"""The organisation's own wording: kept, versioned so that paper can be told apart, given back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from revmentor_desktop.domain.errors import UserError
from revmentor_desktop.domain.printed import DocumentKind, IssuedDocument
from revmentor_desktop.domain.wordings import Wording, Written
from revmentor_desktop.services import letters, templates
from revmentor_desktop.store.workspace import Workspace
from tests import factory

KIND = DocumentKind.AGREEMENT


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("REVMENTOR_DATA_DIR", str(tmp_path / "data"))
    made = factory.workspace(tmp_path)
    yield made
    made.close()


def own(text: str) -> Wording:
    return Wording("Agreement", (Written("heading", (text,)),))


def version(workspace: Workspace) -> int:
    return workspace.read(letters.documents, [KIND], "en_GB")[KIND].version


def save(workspace: Workspace, wording: Wording) -> None:
    workspace.write(templates.save, KIND, "en_GB", wording)


def issue(session: Session, version: int) -> None:
    programme_id = factory.programme(session)
    session.add(
        IssuedDocument(
            programme_id=programme_id, kind=KIND, issued_on=factory.DAY, template_version=version
        )
    )


@pytest.mark.parametrize("kind", DocumentKind)
def test_the_shipped_wording_is_saved_as_no_wording_of_ones_own(
    workspace: Workspace, kind: DocumentKind
) -> None:
    shipped = templates.shipped(kind, "en_GB")
    assert shipped.blocks
    workspace.write(templates.save, kind, "en_GB", shipped)
    assert not any(row.is_own for row in workspace.read(templates.rows, "en_GB"))
    assert workspace.read(templates.wording, kind, "en_GB") == shipped


def test_own_wording_is_printed_until_the_default_is_restored(workspace: Workspace) -> None:
    assert version(workspace) == 0
    save(workspace, own("Ours, {{mentor.name}}"))
    assert [row.kind for row in workspace.read(templates.rows, "en_GB") if row.is_own] == [KIND]
    assert workspace.read(templates.wording, KIND, "en_GB") == own("Ours, {{mentor.name}}")
    [block] = workspace.read(letters.documents, [KIND], "en_GB")[KIND].blocks
    assert [piece.field for piece in block.lines[0]] == ["", "mentor.name"]
    save(workspace, templates.shipped(KIND, "en_GB"))
    assert version(workspace) == 0


def test_a_version_that_was_printed_never_means_two_wordings(workspace: Workspace) -> None:
    save(workspace, own("First"))
    save(workspace, own("First, mended before it was printed"))
    assert version(workspace) == 1
    workspace.write(issue, 1)
    save(workspace, own("First, mended before it was printed"))
    assert version(workspace) == 1
    save(workspace, own("Second"))
    assert version(workspace) == 2
    save(workspace, templates.shipped(KIND, "en_GB"))
    save(workspace, own("Third"))
    assert version(workspace) == 2
    workspace.write(issue, 2)
    save(workspace, own("Fourth"))
    assert version(workspace) == 3


def test_a_wording_with_a_fault_is_refused_and_the_old_one_stays(workspace: Workspace) -> None:
    save(workspace, own("Good"))
    for text, words in (("{{mentr.name}}", "Did you mean"), ("{{reader.name}}", "not known on")):
        with pytest.raises(UserError, match=words):
            save(workspace, own(text))
    assert workspace.read(templates.wording, KIND, "en_GB") == own("Good")


def test_languages_have_wordings_of_their_own(workspace: Workspace) -> None:
    save(workspace, own("English"))
    german = replace(own("Deutsch"), title="Vereinbarung")
    workspace.write(templates.save, KIND, "de_DE", german)
    assert workspace.read(templates.wording, KIND, "en_GB") == own("English")
    assert workspace.read(templates.wording, KIND, "de_DE") == german


def names(workspace: Workspace) -> list[tuple[str, bool]]:
    found = workspace.read(templates.variants, KIND, "en_GB")
    return [(one.name, one.in_use) for one in found]


def test_several_wordings_are_kept_and_one_is_printed(workspace: Workspace) -> None:
    assert names(workspace) == [("As it came", True)]
    save(workspace, own("Ours"))
    workspace.write(templates.duplicate, KIND, "en_GB", "  Short\n letter ")
    assert names(workspace) == [
        ("As it came", False), ("Our wording", False), ("Short letter", True)
    ]  # fmt: skip
    save(workspace, own("Short"))
    assert workspace.read(templates.wording, KIND, "en_GB") == own("Short")
    ours = workspace.read(templates.variants, KIND, "en_GB")[1].id
    workspace.write(templates.use, KIND, "en_GB", ours)
    assert workspace.read(templates.wording, KIND, "en_GB") == own("Ours")
    workspace.write(templates.use, KIND, "en_GB", None)
    assert version(workspace) == 0
    save(workspace, own("Ours again"))
    assert names(workspace) == [
        ("As it came", False), ("Our wording", False), ("Our wording 2", True),
        ("Short letter", False),
    ]  # fmt: skip
    workspace.write(templates.use, KIND, "en_GB", ours)
    assert workspace.read(templates.wording, KIND, "en_GB") == own("Ours")
    workspace.write(templates.remove, KIND, "en_GB")
    assert [name for name, _in_use in names(workspace)] == [
        "As it came", "Our wording 2", "Short letter"
    ]  # fmt: skip
    assert version(workspace) == 0


def test_a_copy_may_say_what_the_default_says(workspace: Workspace) -> None:
    workspace.write(templates.duplicate, KIND, "en_GB", "Pilot")
    save(workspace, templates.shipped(KIND, "en_GB"))
    assert names(workspace) == [("As it came", False), ("Pilot", True)]


def test_switching_between_wordings_keeps_what_each_is_called_on_paper(
    workspace: Workspace,
) -> None:
    save(workspace, own("Ours"))
    workspace.write(issue, 1)
    workspace.write(templates.duplicate, KIND, "en_GB", "Short")
    assert version(workspace) == 1, "the same words"
    save(workspace, own("Short"))
    assert version(workspace) == 2
    ours, short = (one.id for one in workspace.read(templates.variants, KIND, "en_GB")[1:])
    workspace.write(templates.use, KIND, "en_GB", ours)
    assert version(workspace) == 1
    save(workspace, own("Ours, mended"))
    assert version(workspace) == 3, "2 is another wording's"
    workspace.write(templates.use, KIND, "en_GB", short)
    assert version(workspace) == 2


@pytest.mark.parametrize(
    ("name", "words"),
    [("  ", "Give the copy a name"), ("OUR WORDING", "already"), ("As it came", "already"),
     ("x" * 61, "60 characters")],
)  # fmt: skip
def test_a_name_that_tells_nothing_apart_is_refused(
    workspace: Workspace, name: str, words: str
) -> None:
    save(workspace, own("Ours"))
    with pytest.raises(UserError, match=words):
        workspace.write(templates.duplicate, KIND, "en_GB", name)
    assert names(workspace) == [("As it came", False), ("Our wording", True)]

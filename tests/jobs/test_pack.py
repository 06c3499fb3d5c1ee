"""Packs as files: whole or not there, one for all or one each, the same bytes, and recorded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from revmentor_desktop import cli
from revmentor_desktop.domain.errors import Cancelled, UserError
from revmentor_desktop.domain.printed import PAIR_LETTERS, DocumentKind, IssuedDocument
from revmentor_desktop.domain.programmes import EnrolmentState, GatheringKind, Role
from revmentor_desktop.jobs import labels, pack, preflight
from revmentor_desktop.jobs.places import file_names
from revmentor_desktop.services import (
    enrolments,
    gatherings,
    organisation,
    packs,
    staff,
)
from revmentor_desktop.services.packs import Pack, Subject
from revmentor_desktop.store.workspace import Workspace
from tests import factory

DAY = factory.DAY
LETTERS = Pack(1, PAIR_LETTERS, DAY)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A programme with two pairs, a candidate and a briefing."""
    monkeypatch.setenv("REVMENTOR_DATA_DIR", str(tmp_path / "data"))

    def make(session: Session) -> None:
        factory.programme(session)
        factory.pair(session, 1)
        factory.pair(session, 1, "Cy <Cole>", "Di / Dale")
        candidate = factory.staff_member(session, "Eve East")
        enrolments.enrol(session, 1, [candidate], Role.MENTOR, EnrolmentState.CANDIDATE)
        gatherings.save(session, 1, None, GatheringKind.BRIEFING, DAY, "Hall")

    with factory.workspace(tmp_path) as made:
        made.write(make)
        yield made


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def titles(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return [entry.get_title() for entry in document.get_toc() if entry.level == 0]
    finally:
        document.close()


def issued_count(workspace: Workspace) -> int:
    def count(session: Session) -> int:
        return session.scalar(select(func.count()).select_from(IssuedDocument)) or 0

    return workspace.read(count)


def test_every_document_prints_and_carries_its_names(workspace: Workspace, tmp_path: Path) -> None:
    members = {"Ann Ash", "Bo Birch"}
    expected = {
        DocumentKind.INVITATION: {"Eve East", "Spring"},
        DocumentKind.INTEREST_FORM: {"Eve East", "Negotiating", "Asking for help"},
        DocumentKind.TIMELINE: {"Spring at a glance", "Briefing, Hall", "Session 6 of 6"},
        DocumentKind.SIGN_IN: members | {"Briefing", "Hall"},
        DocumentKind.SESSION_LOG: members | {"RM1.P001.1.", "RM1.P002.6."},
        DocumentKind.CONVERSATION_CARDS: {"Ann asks Bo", "Seeing the whole"},
    }
    for kind in pack.kinds("invitation,interest,letters,timeline,agreement,guide,cards,log,signin,"
                           "midpoint"):  # fmt: skip
        target = tmp_path / f"{kind.value}.pdf"
        made = pack.make_pack(workspace, target, Pack(1, (kind,), DAY))
        assert made.pages
        assert not made.refused
        text = text_of(target)
        assert "{{" not in text
        for wanted in expected.get(kind, members):
            assert wanted in text, (kind, wanted)


def test_a_pack_has_an_entry_for_each_pair_and_the_same_bytes_after_it_was_recorded(
    workspace: Workspace, tmp_path: Path
) -> None:
    target = tmp_path / "pack.pdf"
    wanted = Pack(1, pack.kinds(""), DAY)
    made = pack.make_pack(workspace, target, wanted)
    assert titles(target) == ["P001 Ann Ash and Bo Birch", "P002 Cy <Cole> and Di / Dale"]
    assert (made.pairs, made.documents) == (2, 12)
    assert issued_count(workspace) == 12
    first = target.read_bytes()
    pack.make_pack(workspace, target, wanted)
    assert target.read_bytes() == first
    assert pack.pages_of(workspace, wanted).data == first
    assert issued_count(workspace) == 24, "the preview is not recorded"
    assert pack.record(workspace, pack.pages_of(workspace, LETTERS).found) == 4
    assert issued_count(workspace) == 28


def test_what_is_recorded_is_what_went_to_the_printer(workspace: Workspace) -> None:
    made = pack.pages_of(workspace, LETTERS)
    workspace.write(staff.save, 1, {"full_name": "Ann Ashdown"})
    pack.record(workspace, made.found)
    states = {row.subject.id: row.issue.state for row in preflight.check(workspace, LETTERS).rows}
    assert states == {1: "changed", 2: "same"}


def test_of_a_range_of_pages_only_whole_entries_are_printed(workspace: Workspace) -> None:
    made = pack.pages_of(workspace, LETTERS)
    first, second = made.counts
    document = pypdfium2.PdfDocument(made.data)
    assert len(document) == first + second
    document.close()

    def whole(pages: range) -> list[int]:
        return [letter.subject.id for letter in made.printed(pages).letters]

    assert whole(range(first + second)) == [1, 1, 2, 2]
    assert whole(range(first)) == [1, 1]
    assert whole(range(first + 1)) == [1, 1]
    assert whole(range(1, first + second)) == [2, 2]
    assert whole(range(1, first)) == []


def test_two_sided_every_document_begins_on_a_front(workspace: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "pack.pdf"
    wanted = Pack(1, (DocumentKind.AGREEMENT, DocumentKind.TIMELINE), DAY)
    plain = pack.make_pack(workspace, target, wanted)
    both = pack.make_pack(workspace, target, wanted, duplex=True)
    assert both.pages == 2 * plain.pages, "each is one page and gets an empty back"


def test_one_file_each_with_safe_names(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    made = pack.make_folder(workspace, folder, LETTERS)
    assert sorted(path.name for path in folder.iterdir()) == [
        "P001 Ann Ash and Bo Birch.pdf",
        "P002 Cy Cole and Di Dale.pdf",
    ]
    assert made.pages == 4
    assert "Cy <Cole>" in text_of(folder / "P002 Cy Cole and Di Dale.pdf")
    assert issued_count(workspace) == 4


def stop_after(count: int):  # noqa: ANN201
    def progress(done: int, total: int) -> None:
        if done >= count:
            raise Cancelled

    return progress


def test_a_cancelled_pack_leaves_the_old_file_and_no_record(
    workspace: Workspace, tmp_path: Path
) -> None:
    target = tmp_path / "out" / "pack.pdf"
    target.parent.mkdir()
    target.write_bytes(b"old")
    with pytest.raises(Cancelled):
        pack.make_pack(workspace, target, LETTERS, stop_after(1))
    assert target.read_bytes() == b"old"
    assert [path.name for path in target.parent.iterdir()] == ["pack.pdf"]
    assert issued_count(workspace) == 0


def test_a_cancelled_folder_is_not_there_and_old_files_stay(
    workspace: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "letters"
    with pytest.raises(Cancelled):
        pack.make_folder(workspace, folder, LETTERS, stop_after(1))
    assert not folder.exists()
    folder.mkdir()
    old = folder / "P001 Ann Ash and Bo Birch.pdf"
    old.write_bytes(b"old")
    with pytest.raises(Cancelled):
        pack.make_folder(workspace, folder, LETTERS, stop_after(1))
    assert old.read_bytes() == b"old"
    assert list(folder.iterdir()) == [old]
    assert issued_count(workspace) == 0


def test_a_folder_that_cannot_be_is_one_sentence(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for folder in (tmp_path / "none" / "letters", tmp_path / "file"):
        with pytest.raises(UserError):
            pack.make_folder(workspace, folder, LETTERS)


def test_only_what_changed_is_printed(workspace: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "pack.pdf"
    changed = Pack(1, PAIR_LETTERS, DAY, only="changed")
    pack.make_pack(workspace, target, LETTERS)
    with pytest.raises(UserError, match="Nothing has changed"):
        pack.make_pack(workspace, target, changed)
    workspace.write(staff.save, 1, {"email": "ann@example.org"})
    assert pack.make_pack(workspace, target, changed).documents == 1, "the letter to her partner"
    assert "ann@example.org" in text_of(target)
    missing = Pack(1, (*PAIR_LETTERS, DocumentKind.AGREEMENT), DAY, only="missing")
    assert pack.make_pack(workspace, target, missing).documents == 2
    with pytest.raises(UserError, match="printed already"):
        pack.make_pack(workspace, target, missing)


def test_what_cannot_be_printed_is_left_out_and_told(workspace: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "pack.pdf"
    kinds = (DocumentKind.CERTIFICATE, DocumentKind.AGREEMENT)
    made = pack.make_pack(workspace, target, Pack(1, kinds, DAY))
    assert len(made.refused) == 4
    assert "Certificate" not in text_of(target)
    with pytest.raises(UserError, match=r"Nothing can be printed. Certificate, .*: not recorded"):
        pack.make_pack(workspace, target, Pack(1, kinds[:1], DAY))


def test_preflight_finds_what_no_font_draws_and_what_no_window_shows(workspace: Workspace) -> None:
    long_name = "Communication " * 12
    workspace.write(staff.save, 1, {"full_name": "李小龙", "department": long_name})
    workspace.write(organisation.save_settings, {"envelope": "DIN 5008 B"})
    found = preflight.check(workspace, LETTERS)
    to_mentor, to_mentee, *_others = found.rows
    assert {problem.what for problem in to_mentor.problems} == {"undrawable", "address"}
    assert to_mentor.stops
    assert {problem.what for problem in to_mentee.problems} == {"undrawable"}
    assert {problem.staff_id for problem in to_mentee.problems} == {1}
    assert all("李小龙" in problem.text for problem in to_mentee.problems)
    assert len(found.baselines) == 4
    first = Subject(to_mentor.subject.scope, 1)
    left = frozenset((kind, first) for kind in PAIR_LETTERS)
    rest = preflight.check(workspace, Pack(1, PAIR_LETTERS, DAY, left_out=left))
    assert len(rest.rows) == 2
    assert not any(row.stops for row in rest.rows)
    assert pack.pages_of(workspace, Pack(1, PAIR_LETTERS, DAY, left_out=left))
    with pytest.raises(UserError, match="李小龙"):
        pack.pages_of(workspace, LETTERS)


def test_preflight_can_be_stopped_and_counts_what_changed(
    workspace: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(Cancelled):
        preflight.check(workspace, LETTERS, stop_after(1))
    pack.make_pack(workspace, tmp_path / "p.pdf", LETTERS)
    assert preflight.check(workspace, LETTERS).changed == 0
    workspace.write(staff.save, 1, {"site": "Quay"})
    found = preflight.check(workspace, LETTERS)
    assert found.changed == 1, "only her own letter has her address"
    assert [row.issue.state for row in found.rows] == ["changed", "same", "same", "same"]
    assert found.baselines == (), "the letters have told them"


def test_labels_are_for_who_takes_part(workspace: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "labels.pdf"
    everyone = Pack(1, (), DAY)
    assert labels.make_labels(workspace, target, everyone, "Avery L7160", 20) == 2
    text = text_of(target)
    assert "Ann Ash" in text
    assert "Eve East" not in text, "only a candidate"
    assert labels.labels_of(workspace, everyone, "Avery L7160", 20) == target.read_bytes()
    labels.make_labels(workspace, target, Pack(1, (), DAY, people=(5,)), "Avery 5160")
    assert text_of(target).strip() == "Eve East"
    with pytest.raises(UserError, match="There is no sheet of labels called “L1”"):
        labels.make_labels(workspace, target, everyone, "L1")


@pytest.mark.parametrize("name", ["CON", "nul.txt", "a/b", "..", "", "x" * 500, "‮evil", "😀" * 99])
def test_a_file_name_is_safe_on_every_system(name: str, tmp_path: Path) -> None:
    [made] = file_names([name], ".pdf")
    (tmp_path / made).write_bytes(b"x")
    assert [path.name for path in tmp_path.iterdir()] == [made]
    assert not made.casefold().startswith(("con.", "nul."))


@given(st.lists(st.text(max_size=12), max_size=12))
def test_file_names_are_unique_and_keep_their_number(texts: list[str]) -> None:
    made = file_names(texts, ".pdf")
    assert len(made) == len(texts)
    assert len({name.casefold() for name in made}) == len(made)
    assert not any(set(name) & set('<>:"/\\|?*\0\n') for name in made)


# The command line


def run(workspace: Workspace, *arguments: str) -> int:
    workspace.close()
    return cli.run(["pack", str(workspace.path), *arguments])


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    return capsys


def test_the_command_line_prints_any_document(
    workspace: Workspace, tmp_path: Path, said: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "p.pdf"
    base = ["--date", "2026-03-02", "--documents"]
    assert run(workspace, str(target), *base, "invitation,timeline") == 0
    assert said.readouterr().out.strip() == f"Wrote {target}: 2 pages"
    assert run(workspace, str(target), *base, "letters,certificate", "--pair", "P002") == 0
    told = said.readouterr()
    assert told.out.strip() == f"Wrote {target}: 2 pages for 1 pair"
    assert "Certificate for Cy <Cole> is not printed: not recorded at a briefing" in told.err
    assert run(workspace, str(target), *base, "invitation", "--person", "Ann Ash") == 0
    assert "Ann Ash" in text_of(target)
    folder = tmp_path / "each"
    assert run(workspace, str(folder), *base, "agreement", "--each", "--duplex") == 0
    assert "4 pages for 2 pairs" in said.readouterr().out
    assert len(list(folder.iterdir())) == 2
    assert run(workspace, str(target), *base, "labels", "--sheet", "Avery 5160") == 0
    assert "Wrote" in said.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--documents", "poem"], "There is no document called “poem”. Choose from: invitation,"),
        (["--documents", "letters", "--pair", "P099"], "Pair P099 is not one"),
        (["--documents", "letters", "--pair", "x"], "is not a pair number"),
        (["--documents", "invitation", "--person", "Zed"], "There is nobody with the name"),
        (["--documents", "letters", "--changed"], "Nothing has changed"),
        (["--documents", "labels", "--sheet", "x"], "no sheet of labels called “x”"),
        (["--documents", "labels,letters"], "Labels go on a sheet of their own"),
    ],
)
def test_the_command_line_refuses_in_one_sentence(
    workspace: Workspace, tmp_path: Path, arguments: list[str], sentence: str,
    said: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    target = tmp_path / "p.pdf"
    assert run(workspace, str(target), *arguments) == 2
    told = said.readouterr().err
    assert sentence in told
    assert len(told.strip().splitlines()) == 1
    assert not target.exists()


def test_a_pack_of_many_is_ordered_by_name(workspace: Workspace) -> None:
    def make(session: Session) -> None:
        for name in ("Zoe Abel", "Al Zorn"):
            who = factory.staff_member(session, name)
            enrolments.enrol(session, 1, [who], Role.MENTOR, EnrolmentState.CANDIDATE)

    workspace.write(make)
    wanted = Pack(1, (DocumentKind.INVITATION,), DAY)
    found = workspace.read(packs.subjects, wanted)
    assert [subject.id for subject, _kinds in found] == [6, 5, 7]
